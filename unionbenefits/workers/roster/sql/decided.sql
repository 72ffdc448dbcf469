-- What officers have decided is not asked again: a document that is another person's clashes no more, and a name
-- that is the holder's differs no more, or becomes the name on file.
DELETE FROM roster_clash c
USING roster_stage s, workers_pairdecision p
WHERE s.n = c.n AND p.worker_id = c.worker_id AND p.answer = 'apart' AND p.withdrawn_at IS NULL
  AND p.number_digest = s.number_digest AND p.kind = s.document_kind AND p.issuer = s.issuer;
-- A document that was recognised has another date or sex inside because it was corrected (case C068): the new one
-- tells how it is, a former one nothing.
UPDATE roster_match x
SET person_changes = array_remove(x.person_changes
        || CASE WHEN x.linked AND x.birth_differs THEN 'birth' END
        || CASE WHEN x.linked AND x.sex_differs THEN 'sex' END, NULL),
    birth_differs = false,
    sex_differs = false
FROM roster_stage s
WHERE s.n = x.n AND x.recognised AND (x.birth_differs OR x.sex_differs)
  AND s.document_kind IN ('resident_id', 'hk_macao_residence', 'taiwan_residence');
UPDATE roster_match x
SET name_differs = false,
    person_changes = CASE WHEN p.answer = 'renamed' THEN x.person_changes || '{name}' ELSE x.person_changes END
FROM roster_stage s, workers_pairdecision p
WHERE s.n = x.n AND x.name_differs AND p.worker_id = x.worker_id AND p.name_key = s.name_key
  AND p.withdrawn_at IS NULL
  AND p.number_digest = s.number_digest AND p.kind = s.document_kind AND p.issuer = s.issuer
