-- What a person must decide because somebody on file is like the row, but not the holder of its document.
CREATE TEMP TABLE roster_clash ON COMMIT DROP AS
-- A former number of somebody (case C068).
SELECT s.n, 'document_retired' AS code, d.worker_id
FROM roster_stage s
JOIN roster_match x USING (n)
JOIN workers_identitydocument d ON d.number_digest = s.number_digest AND d.retired_at IS NOT NULL
WHERE x.worker_id IS NULL AND d.kind = s.document_kind AND (d.issuer = s.issuer OR d.issuer = '' OR s.issuer = '')
UNION ALL
-- The same number live under another kind or issuing country: two people unless name or birth agree (case C066).
SELECT s.n,
       CASE WHEN d.kind <> s.document_kind THEN 'document_of_another_kind' ELSE 'document_issuer_unknown' END,
       d.worker_id
FROM roster_stage s
JOIN roster_match x USING (n)
JOIN workers_identitydocument d ON d.number_digest = s.number_digest AND d.retired_at IS NULL
JOIN workers_worker w ON w.id = d.worker_id
WHERE x.worker_id IS NULL
  AND (d.kind <> s.document_kind AND (w.name_key = s.name_key OR w.birth_date = s.birth_date)
       OR d.kind = s.document_kind AND d.issuer <> s.issuer AND (d.issuer = '' OR s.issuer = ''))
UNION ALL
-- The phone of somebody else; of a namesake: perhaps the same person under a corrected number (case C068).
SELECT s.n,
       CASE WHEN w.name_key = s.name_key AND x.worker_id IS NULL THEN 'possible_same_as_known'
            ELSE 'phone_used_by_another' END,
       w.id
FROM roster_stage s
JOIN roster_match x USING (n)
JOIN workers_worker w ON w.phone_digest = s.phone_digest
LEFT JOIN workers_worker own ON own.id = x.worker_id
WHERE w.id IS DISTINCT FROM x.worker_id
  AND (x.worker_id IS NULL OR own.phone_digest IS DISTINCT FROM s.phone_digest AND NOT x.phone_kept)
UNION ALL
-- A namesake born the same day under another document. Two sound resident numbers with two phones at two
-- enterprises are two people: among a million there are thousands of such pairs.
SELECT s.n, 'possible_same_as_known', w.id
FROM roster_stage s
JOIN roster_match x USING (n)
JOIN workers_worker w ON w.name_key = s.name_key AND w.birth_date = s.birth_date
WHERE x.worker_id IS NULL
  AND w.phone_digest IS DISTINCT FROM s.phone_digest
  AND (w.phone_digest IS NULL OR s.phone_digest IS NULL
       OR EXISTS (SELECT FROM workers_membership m WHERE m.worker_id = w.id AND m.enterprise_id = s.enterprise_id)
       OR NOT EXISTS (SELECT FROM workers_identitydocument d
                      WHERE d.worker_id = w.id AND d.kind = s.document_kind AND d.retired_at IS NULL))
