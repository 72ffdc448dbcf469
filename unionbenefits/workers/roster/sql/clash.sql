-- What a person must decide because somebody on file is like the row, but not the holder of its document.
DROP TABLE IF EXISTS roster_clash;
CREATE TEMP TABLE roster_clash ON COMMIT DROP AS
WITH asked AS MATERIALIZED (
    SELECT s.n, s.number_digest, s.document_kind, s.issuer, s.name_key, s.birth_date, s.phone_digest, s.enterprise_id,
           x.worker_id
    FROM roster_match x
    JOIN roster_stage s USING (n)
    WHERE s.number_digest IS NOT NULL AND (x.worker_id IS NULL OR 'phone' = ANY (x.person_changes)))
-- A former number of somebody (case C068).
SELECT s.n, 'document_retired' AS code, d.worker_id
FROM asked s
JOIN workers_identitydocument d ON d.number_digest = s.number_digest AND d.retired_at IS NOT NULL
WHERE s.worker_id IS NULL AND d.kind = s.document_kind AND (d.issuer = s.issuer OR d.issuer = '' OR s.issuer = '')
UNION ALL
-- The same number live under another kind or issuing country: two people unless name or birth agree (case C066).
SELECT s.n,
       CASE WHEN d.kind <> s.document_kind THEN 'document_of_another_kind' ELSE 'document_issuer_unknown' END,
       d.worker_id
FROM asked s
JOIN workers_identitydocument d ON d.number_digest = s.number_digest AND d.retired_at IS NULL
JOIN workers_worker w ON w.id = d.worker_id
WHERE s.worker_id IS NULL
  AND (d.kind <> s.document_kind AND (w.name_key = s.name_key OR w.birth_date = s.birth_date)
       OR d.kind = s.document_kind AND d.issuer <> s.issuer AND (d.issuer = '' OR s.issuer = ''))
UNION ALL
-- The phone of somebody else; of a namesake: perhaps the same person under a corrected number (case C068).
SELECT s.n,
       CASE WHEN w.name_key = s.name_key AND s.worker_id IS NULL THEN 'possible_same_as_known'
            ELSE 'phone_used_by_another' END,
       w.id
FROM asked s
JOIN workers_worker w ON w.phone_digest = s.phone_digest
WHERE w.id IS DISTINCT FROM s.worker_id
UNION ALL
-- A namesake born the same day under another document. Two sound numbers of one kind with two phones at two
-- enterprises are two people: among a million there are thousands of such pairs.
SELECT s.n, 'possible_same_as_known', w.id
FROM asked s
JOIN workers_worker w ON w.name_key = s.name_key AND w.birth_date = s.birth_date
WHERE s.worker_id IS NULL
  AND w.phone_digest IS DISTINCT FROM s.phone_digest
  AND (w.phone_digest IS NULL OR s.phone_digest IS NULL
       OR EXISTS (SELECT FROM workers_membership m WHERE m.worker_id = w.id AND m.enterprise_id = s.enterprise_id)
       OR NOT EXISTS (SELECT FROM workers_identitydocument d
                      WHERE d.worker_id = w.id AND d.kind = s.document_kind AND d.retired_at IS NULL));
-- Somebody who has just been stored with exactly this document is no clash: the person of the row, a moment too late
-- for the match. The unique index will say so.
DELETE FROM roster_clash c
USING roster_stage s, workers_identitydocument d
WHERE s.n = c.n AND d.worker_id = c.worker_id AND d.retired_at IS NULL
  AND (d.number_digest, d.kind, d.issuer) = (s.number_digest, s.document_kind, s.issuer)
