-- The rank of the claims and of those they were paired with: the weights of their open findings.
WITH touched AS (
    SELECT unnest(%(claims)s::bigint[]) AS id
    UNION SELECT other_id FROM claims_finding WHERE claim_id = ANY(%(claims)s::bigint[]) AND other_id IS NOT NULL
    UNION SELECT claim_id FROM claims_finding WHERE other_id = ANY(%(claims)s::bigint[])
), ranked AS (
    SELECT t.id, coalesce((
        SELECT sum(f.weight) FROM claims_finding f
        WHERE (f.claim_id = t.id OR f.other_id = t.id) AND f.cleared_at IS NULL
    ), 0) AS risk
    FROM touched t
)
UPDATE claims_claim c SET risk = least(r.risk, 32000) FROM ranked r WHERE c.id = r.id AND c.risk <> least(r.risk, 32000)
