-- First the documents, whose unique index decides between two rosters that bring the same person at once: the later
-- one waits here, fails, and starts over. Sorted, so that two of them never wait for each other.
INSERT INTO workers_identitydocument (worker_id, kind, issuer, number, number_digest)
SELECT p.worker_id, p.document_kind, p.issuer, s.number, p.number_digest
FROM roster_person p
JOIN roster_stage s USING (n)
ORDER BY p.number_digest, p.document_kind, p.issuer
