-- What the second comparison makes of the rows: the same answers as keep_rows.sql gives when judging.
UPDATE workers_rosterrow k
SET verdict = f.verdict, action = f.action, codes = f.codes, cells = coalesce(f.cells, k.cells), worker_id = f.worker_id
FROM (
    WITH told AS (
        SELECT s.n, s.number_digest, s.document_kind, s.issuer, s.enterprise_id, s.verdict AS before,
               coalesce(g.verdict, s.verdict) AS verdict, coalesce(g.codes, s.codes) AS codes, g.cells,
               g.worker_id AS like_worker_id
        FROM roster_stage s
        LEFT JOIN roster_finding g USING (n)),
    repeated AS (
        SELECT t.*,
               row_number() OVER (PARTITION BY t.verdict, t.number_digest, t.document_kind, t.issuer ORDER BY t.n) AS nth,
               row_number() OVER (PARTITION BY t.verdict, t.number_digest, t.document_kind, t.issuer, t.enterprise_id
                                  ORDER BY t.n) AS nth_here
        FROM told t)
    SELECT a.id, r.verdict,
           CASE WHEN r.verdict <> 'accept' THEN 'none'
                WHEN r.nth_here > 1 THEN 'unchanged'
                WHEN x.worker_id IS NULL AND r.nth = 1 THEN 'new'
                WHEN x.membership_id IS NULL THEN 'joined'
                WHEN x.linked OR cardinality(x.person_changes) + cardinality(x.member_changes) > 0 THEN 'changed'
                ELSE 'unchanged' END AS action,
           CASE WHEN x.worker_id IS NULL OR x.membership_id IS NOT NULL OR r.verdict <> 'accept' THEN r.codes
                WHEN %(confined)s AND EXISTS (SELECT FROM workers_membership o
                                              WHERE o.worker_id = x.worker_id AND o.left_on IS NULL)
                THEN r.codes || '[{"code": "belongs_to_another_unit"}]'
                ELSE r.codes || '[{"code": "joined_enterprise"}]' END AS codes,
           r.cells,
           CASE WHEN r.before <> 'reject' THEN coalesce(x.worker_id, r.like_worker_id) END AS worker_id
    FROM repeated r
    JOIN roster_again a USING (n)
    JOIN roster_match x USING (n)) f
WHERE k.roster_id = %(roster)s AND k.id = f.id
