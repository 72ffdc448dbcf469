-- Everybody nobody knows, once, by the first row, with the key the worker will have.
DROP TABLE IF EXISTS roster_person;
CREATE TEMP TABLE roster_person ON COMMIT DROP AS
SELECT nextval((SELECT pg_get_serial_sequence('workers_worker', 'id'))::regclass) AS worker_id, q.*
FROM (SELECT min(s.n) AS n, s.number_digest, s.document_kind, s.issuer
      FROM roster_stage s
      JOIN roster_match x USING (n)
      WHERE x.worker_id IS NULL
      GROUP BY s.number_digest, s.document_kind, s.issuer
      ORDER BY 1) q;
ANALYZE roster_person (n);
-- A phone may stand only in the row of the person's other enterprise.
UPDATE roster_stage s
SET phone = o.phone, phone_digest = o.phone_digest
FROM roster_person p
JOIN (SELECT DISTINCT ON (t.number_digest, t.document_kind, t.issuer)
             t.number_digest, t.document_kind, t.issuer, t.phone, t.phone_digest
      FROM roster_stage t
      JOIN roster_twice USING (number_digest)
      WHERE t.phone IS NOT NULL
      ORDER BY t.number_digest, t.document_kind, t.issuer, t.n) o USING (number_digest, document_kind, issuer)
WHERE s.n = p.n AND s.phone IS NULL;
-- So may the insurance and the check.
UPDATE roster_stage s
SET basic_insurance = coalesce(nullif(s.basic_insurance, ''), o.basic_insurance),
    real_name_checked_on = coalesce(s.real_name_checked_on, o.real_name_checked_on)
FROM roster_person p
JOIN (SELECT t.number_digest, t.document_kind, t.issuer,
             (array_agg(t.basic_insurance ORDER BY t.basic_insurance = '', t.n))[1] AS basic_insurance,
             min(t.real_name_checked_on) AS real_name_checked_on
      FROM roster_stage t
      JOIN roster_twice USING (number_digest)
      GROUP BY t.number_digest, t.document_kind, t.issuer) o USING (number_digest, document_kind, issuer)
WHERE s.n = p.n
