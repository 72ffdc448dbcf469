-- Everybody nobody knows, once, with the key the worker will have: in file order, so that neighbours stay neighbours.
DROP TABLE IF EXISTS roster_person;
CREATE TEMP TABLE roster_person ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('workers_worker', 'id')) AS worker_id, q.*
FROM (
    SELECT *
    FROM (SELECT DISTINCT ON (s.number_digest, s.document_kind, s.issuer)
                 s.n, s.number_digest, s.document_kind, s.issuer, s.number, s.name, s.name_key, s.sex, s.birth_date,
                 s.phone, s.phone_digest
          FROM roster_stage s
          JOIN roster_match x USING (n)
          WHERE x.worker_id IS NULL
          ORDER BY s.number_digest, s.document_kind, s.issuer, s.n) first
    ORDER BY n) q;
-- A phone may stand only in the row of the person's other enterprise.
UPDATE roster_person p
SET phone = s.phone, phone_digest = s.phone_digest
FROM (SELECT DISTINCT ON (number_digest, document_kind, issuer)
             number_digest, document_kind, issuer, phone, phone_digest
      FROM roster_stage
      WHERE phone IS NOT NULL
      ORDER BY number_digest, document_kind, issuer, n) s
WHERE p.phone IS NULL
  AND (p.number_digest, p.document_kind, p.issuer) = (s.number_digest, s.document_kind, s.issuer);
ANALYZE roster_person
