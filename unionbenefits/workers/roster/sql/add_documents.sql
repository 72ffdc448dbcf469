-- First the documents, whose unique index decides between two rosters that bring the same person at once: the later
-- one waits here, inserts nothing, and starts over. Sorted, so that two of them never wait for each other.
INSERT INTO workers_identitydocument (worker_id, kind, issuer, number, number_digest)
SELECT worker_id, document_kind, issuer, number, number_digest
FROM roster_person
ORDER BY number_digest, document_kind, issuer
ON CONFLICT (number_digest, kind, issuer) WHERE retired_at IS NULL DO NOTHING
