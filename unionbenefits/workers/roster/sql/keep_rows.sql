-- The judged rows as they will be shown and confirmed. The action looks at accepted rows only: the first of a person
-- nobody knows is new, a further one at another enterprise joins, a repeated one changes nothing.
INSERT INTO workers_rosterrow
      (roster_id, sheet, "row", verdict, action, codes, cells, enterprise_id, worker_id, name, name_key, document_kind,
       issuer, number, number_digest, phone, phone_digest, sex, birth_date, occupation, occupation_as_given,
       work_relation, joined_on, note, cleared)
SELECT %(roster)s, j.sheet, j."row", j.verdict,
       CASE WHEN j.verdict <> 'accept' THEN 'none'
            WHEN j.nth_here > 1 THEN 'unchanged'
            WHEN j.known IS NULL AND j.nth = 1 THEN 'new'
            WHEN j.membership_id IS NULL THEN 'joined'
            WHEN j.changes THEN 'changed'
            ELSE 'unchanged' END,
       -- A clerk learns that the person is enrolled elsewhere, never where (case C072).
       CASE WHEN j.verdict <> 'accept' OR j.known IS NULL OR j.membership_id IS NOT NULL THEN j.codes
            WHEN %(confined)s AND EXISTS (SELECT FROM workers_membership o
                                          WHERE o.worker_id = j.known AND o.left_on IS NULL)
            THEN j.codes || '[{"code": "belongs_to_another_unit"}]'
            ELSE j.codes || '[{"code": "joined_enterprise"}]' END,
       j.cells, j.enterprise_id, j.worker_id, j.name, j.name_key, j.document_kind, j.issuer, j.number,
       j.number_digest, j.phone, j.phone_digest, j.sex, j.birth_date, j.occupation, j.occupation_as_given,
       j.work_relation, j.joined_on, j.note, j.cleared
FROM (
    SELECT f.*,
           row_number() OVER person AS nth,
           row_number() OVER tie AS nth_here,
           bool_or(f.changes_something) OVER (PARTITION BY verdict, number_digest, document_kind, issuer, enterprise_id)
               AS changes
    FROM (
        SELECT s.n, s.sheet, s."row", coalesce(g.verdict, s.verdict) AS verdict, coalesce(g.codes, s.codes) AS codes,
               coalesce(g.cells, s.cells) AS cells, s.enterprise_id, x.worker_id AS known, x.membership_id,
               coalesce(x.worker_id, g.worker_id) AS worker_id,
               cardinality(x.person_changes) > 0 OR cardinality(x.member_changes) > 0 AS changes_something,
               s.name, s.name_key, s.document_kind, s.issuer, s.number, s.number_digest, s.phone, s.phone_digest, s.sex,
               s.birth_date, s.occupation, s.occupation_as_given, s.work_relation, s.joined_on, s.note, s.cleared
        FROM roster_stage s
        JOIN roster_match x USING (n)
        LEFT JOIN roster_finding g USING (n)) f
    WINDOW person AS (PARTITION BY verdict, number_digest, document_kind, issuer ORDER BY n),
           tie AS (PARTITION BY verdict, number_digest, document_kind, issuer, enterprise_id ORDER BY n)
) j
ORDER BY j.n
