-- The rows learn whom they became, and what was done where somebody else had done it meanwhile.
UPDATE workers_rosterrow r
SET worker_id = d.worker_id
FROM workers_identitydocument d
WHERE r.roster_id = %(roster)s AND r.verdict = 'accept' AND r.worker_id IS NULL
  AND d.number_digest = r.number_digest AND d.kind = r.document_kind AND d.issuer = r.issuer AND d.retired_at IS NULL
