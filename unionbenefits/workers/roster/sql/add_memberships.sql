INSERT INTO workers_membership (worker_id, enterprise_id, occupation, occupation_as_given, work_relation, joined_on, note,
                                source_id)
SELECT coalesce(x.worker_id, p.worker_id), s.enterprise_id, s.occupation, s.occupation_as_given, s.work_relation,
       s.joined_on, s.note, %(roster)s
FROM roster_stage s
JOIN roster_match x USING (n)
LEFT JOIN roster_person p USING (number_digest, document_kind, issuer)
WHERE x.membership_id IS NULL
ORDER BY 1, 2
