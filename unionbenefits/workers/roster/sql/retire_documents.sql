-- A person has one number of a kind and issuing country: the former one stays as a retired alias, so that whoever
-- knows it still finds the person (case C068).
UPDATE workers_identitydocument d
SET retired_at = %(now)s
FROM (SELECT DISTINCT x.worker_id, s.document_kind, s.issuer
      FROM roster_stage s
      JOIN roster_match x USING (n)
      WHERE x.linked) l
WHERE d.worker_id = l.worker_id AND d.kind = l.document_kind AND d.issuer = l.issuer AND d.retired_at IS NULL
  AND NOT EXISTS (SELECT FROM roster_stage s
                  WHERE s.number_digest = d.number_digest AND s.document_kind = d.kind AND s.issuer = d.issuer)
