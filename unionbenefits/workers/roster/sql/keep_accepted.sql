-- Only accepted rows are written, and of a person's rows at one enterprise only the first: staging has completed it
-- from the others.
DELETE FROM roster_stage s
USING (SELECT t.n FROM roster_stage t LEFT JOIN roster_finding g USING (n)
       WHERE coalesce(g.verdict, t.verdict) <> 'accept') d
WHERE s.n = d.n;
DELETE FROM roster_stage s
USING (SELECT number_digest, document_kind, issuer, enterprise_id, min(n) AS first
       FROM roster_stage JOIN roster_twice USING (number_digest)
       GROUP BY number_digest, document_kind, issuer, enterprise_id
       HAVING count(*) > 1) r
WHERE (s.number_digest, s.document_kind, s.issuer, s.enterprise_id)
    = (r.number_digest, r.document_kind, r.issuer, r.enterprise_id)
  AND s.n > r.first
