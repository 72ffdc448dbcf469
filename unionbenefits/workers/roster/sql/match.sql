-- Who each row is on file: the holder of exactly this live document (invariant 1), the open membership at the row's
-- enterprise, and what the row would change there. A blank never wipes; `cleared` does (case C048).
-- A worker first met through another enterprise keeps the phone on file: it opens the portal; and the basic insurance
-- that is known. A real-name check is only ever added: one that is on file keeps its day.
DROP TABLE IF EXISTS roster_twice, roster_match;
ANALYZE roster_stage (n, number_digest, document_kind, issuer, enterprise_id, verdict);
-- Numbers that stand in several rows: what looks for a person's other rows looks here first.
CREATE TEMP TABLE roster_twice ON COMMIT DROP AS
SELECT number_digest FROM roster_stage WHERE number_digest IS NOT NULL GROUP BY number_digest HAVING count(*) > 1;
CREATE TEMP TABLE roster_match ON COMMIT DROP AS
SELECT s.n,
       w.id AS worker_id,
       m.id AS membership_id,
       w.name_key <> s.name_key AS name_differs,
       w.birth_date <> s.birth_date AS birth_differs,
       w.sex <> '' AND s.sex <> '' AND w.sex <> s.sex AS sex_differs,
       m.id IS NULL AND w.phone_digest <> s.phone_digest AS phone_kept,
       CASE WHEN w.id IS NULL THEN NULL
            WHEN w.phone_digest = s.phone_digest AND w.birth_date = s.birth_date AND w.sex = s.sex
                 AND (s.basic_insurance = w.basic_insurance OR s.basic_insurance = '' AND s.cleared = '{}')
                 AND (s.real_name_checked_on IS NULL OR w.real_name_checked_on IS NOT NULL) THEN '{}'
            ELSE array_remove(ARRAY[
                CASE WHEN w.phone_digest <> s.phone_digest AND m.id IS NOT NULL
                       OR w.phone_digest IS NULL AND s.phone_digest IS NOT NULL
                       OR w.phone_digest IS NOT NULL AND m.id IS NOT NULL AND 'phone' = ANY (s.cleared)
                     THEN 'phone' END,
                CASE WHEN w.birth_date IS NULL AND s.birth_date IS NOT NULL THEN 'birth' END,
                CASE WHEN w.sex = '' AND s.sex <> '' THEN 'sex' END,
                CASE WHEN s.basic_insurance <> '' AND s.basic_insurance <> w.basic_insurance
                          AND (m.id IS NOT NULL OR w.basic_insurance = '')
                       OR w.basic_insurance <> '' AND m.id IS NOT NULL AND 'basic_insurance' = ANY (s.cleared)
                     THEN 'basic_insurance' END,
                CASE WHEN w.real_name_checked_on IS NULL AND s.real_name_checked_on IS NOT NULL
                     THEN 'real_name' END], NULL)
       END AS person_changes,
       CASE WHEN m.id IS NULL THEN NULL
            WHEN s.occupation = m.occupation AND s.occupation_as_given = m.occupation_as_given
                 AND s.work_relation = m.work_relation AND s.joined_on = m.joined_on AND s.note = m.note
                 AND s.cleared = '{}' THEN '{}'
            ELSE array_remove(ARRAY[
                CASE WHEN s.occupation <> '' AND s.occupation <> m.occupation
                       OR s.occupation_as_given <> '' AND s.occupation_as_given <> m.occupation_as_given
                       OR 'occupation' = ANY (s.cleared) AND m.occupation || m.occupation_as_given <> ''
                     THEN 'occupation' END,
                CASE WHEN s.work_relation <> '' AND s.work_relation <> m.work_relation
                       OR 'work_relation' = ANY (s.cleared) AND m.work_relation <> '' THEN 'work_relation' END,
                CASE WHEN s.joined_on IS DISTINCT FROM m.joined_on AND s.joined_on IS NOT NULL THEN 'joined_on' END,
                CASE WHEN s.note <> '' AND s.note <> m.note
                       OR 'note' = ANY (s.cleared) AND m.note <> '' THEN 'note' END], NULL)
       END AS member_changes,
       w.id IS NULL AND s.phone_digest IS NULL AND s.number_digest IS NOT NULL AND s.verdict <> 'reject'
           AS phone_missing,
       -- An officer has recognised the person by another document; this one is to be added, unless it was once theirs.
       coalesce(d.recognised, false) AS recognised,
       coalesce(d.recognised, false)
           AND NOT EXISTS (SELECT FROM workers_identitydocument r
                           WHERE r.worker_id = d.worker_id AND r.number_digest = s.number_digest
                             AND r.kind = s.document_kind AND r.issuer = s.issuer) AS linked
FROM roster_stage s
LEFT JOIN (SELECT l.worker_id, l.number_digest, l.kind, l.issuer, false AS recognised
           FROM workers_identitydocument l
           WHERE l.retired_at IS NULL
           UNION ALL
           SELECT p.worker_id, p.number_digest, p.kind, p.issuer, true
           FROM workers_pairdecision p
           WHERE p.answer = 'same' AND p.name_key = '' AND p.withdrawn_at IS NULL
             AND NOT EXISTS (SELECT FROM workers_identitydocument o
                             WHERE o.number_digest = p.number_digest AND o.kind = p.kind AND o.issuer = p.issuer
                               AND o.retired_at IS NULL)) d
       ON d.number_digest = s.number_digest AND d.kind = s.document_kind AND d.issuer = s.issuer
LEFT JOIN workers_worker w ON w.id = d.worker_id
LEFT JOIN workers_membership m
       ON m.worker_id = d.worker_id AND m.enterprise_id = s.enterprise_id AND m.left_on IS NULL;
ANALYZE roster_match (n, worker_id, membership_id)
