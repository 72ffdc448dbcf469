-- The judged rows as they will be shown and confirmed. The action looks at accepted rows only: the first of a person
-- nobody knows is new, a further one at another enterprise joins, a repeated one changes nothing.
INSERT INTO workers_rosterrow
      (roster_id, sheet, "row", verdict, action, codes, cells, enterprise_id, worker_id, name, name_key, document_kind,
       issuer, number, number_digest, phone, phone_digest, sex, birth_date, occupation, occupation_as_given,
       work_relation, joined_on, note, cleared, basic_insurance, real_name_checked_on)
WITH repeated AS (
    SELECT f.n,
           row_number() OVER (PARTITION BY f.verdict, f.number_digest, f.document_kind, f.issuer ORDER BY f.n) AS nth,
           row_number() OVER here AS nth_here
    FROM (SELECT s.n, s.number_digest, s.document_kind, s.issuer, s.enterprise_id,
                 coalesce(g.verdict, s.verdict) AS verdict
          FROM roster_stage s
          JOIN roster_twice USING (number_digest)
          LEFT JOIN roster_finding g USING (n)) f
    WINDOW here AS (PARTITION BY f.verdict, f.number_digest, f.document_kind, f.issuer, f.enterprise_id ORDER BY f.n))
SELECT %(roster)s, s.sheet, s."row", coalesce(g.verdict, s.verdict),
       CASE WHEN coalesce(g.verdict, s.verdict) <> 'accept' THEN 'none'
            WHEN r.nth_here > 1 THEN 'unchanged'
            WHEN x.worker_id IS NULL AND coalesce(r.nth, 1) = 1 THEN 'new'
            WHEN x.membership_id IS NULL THEN 'joined'
            WHEN x.linked OR cardinality(x.person_changes) + cardinality(x.member_changes) > 0 THEN 'changed'
            ELSE 'unchanged' END,
       -- A clerk learns that the person is enrolled elsewhere, never where (case C072).
       CASE WHEN x.worker_id IS NULL OR x.membership_id IS NOT NULL OR coalesce(g.verdict, s.verdict) <> 'accept'
            THEN coalesce(g.codes, s.codes)
            WHEN %(confined)s AND EXISTS (SELECT FROM workers_membership o
                                          WHERE o.worker_id = x.worker_id AND o.left_on IS NULL)
            THEN coalesce(g.codes, s.codes) || '[{"code": "belongs_to_another_unit"}]'
            ELSE coalesce(g.codes, s.codes) || '[{"code": "joined_enterprise"}]' END,
       coalesce(g.cells, s.cells), s.enterprise_id,
       CASE WHEN s.verdict <> 'reject' THEN coalesce(x.worker_id, g.worker_id) END, s.name, s.name_key,
       s.document_kind, s.issuer, s.number, s.number_digest, s.phone, s.phone_digest, s.sex, s.birth_date, s.occupation,
       s.occupation_as_given, s.work_relation, s.joined_on, s.note, s.cleared,
       s.basic_insurance, s.real_name_checked_on
FROM roster_stage s
JOIN roster_match x USING (n)
LEFT JOIN roster_finding g USING (n)
LEFT JOIN repeated r USING (n)
ORDER BY s.n
