-- Documents that an officer has recognised as those of a person on file join the others (case C068).
INSERT INTO workers_identitydocument (worker_id, kind, issuer, number, number_digest)
SELECT DISTINCT ON (s.number_digest, s.document_kind, s.issuer)
       x.worker_id, s.document_kind, s.issuer, s.number, s.number_digest
FROM roster_stage s
JOIN roster_match x USING (n)
WHERE x.linked
ORDER BY s.number_digest, s.document_kind, s.issuer, s.n
