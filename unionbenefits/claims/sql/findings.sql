-- What the claims have in common with others, each pair once: the younger claim with the older one.
-- Drafts and withdrawn claims count for nothing; a rejected one that is filed again is worth a look.
WITH asked AS (
    SELECT * FROM claims_claim WHERE id = ANY(%(claims)s::bigint[])
), pairs AS (
    SELECT 'same_invoice' AS kind, %(weight_same_invoice)s AS weight, a.id AS one, b.id AS two
    FROM asked a JOIN claims_claim b
        ON b.invoice_digest = a.invoice_digest AND b.id <> a.id AND b.state NOT IN ('draft', 'withdrawn')
    UNION ALL
    SELECT 'shared_account', %(weight_shared_account)s, a.id, b.id
    FROM asked a JOIN claims_claim b
        ON b.account_digest = a.account_digest AND b.worker_id <> a.worker_id
        AND b.state NOT IN ('draft', 'withdrawn')
    UNION ALL
    SELECT CASE WHEN b.hospital_key = a.hospital_key AND b.admitted = a.admitted AND b.discharged = a.discharged
            THEN 'same_stay' ELSE 'overlapping_stay' END,
        CASE WHEN b.hospital_key = a.hospital_key AND b.admitted = a.admitted AND b.discharged = a.discharged
            THEN %(weight_same_stay)s ELSE %(weight_overlapping_stay)s END,
        a.id, b.id
    FROM asked a JOIN claims_claim b
        ON b.worker_id = a.worker_id AND b.id <> a.id AND b.state NOT IN ('draft', 'withdrawn')
        -- The day of a transfer is shared and no overlap; a stay without a night overlaps only its like.
        AND ((b.admitted < a.discharged AND a.admitted < b.discharged)
            OR (b.hospital_key = a.hospital_key AND b.admitted = a.admitted AND b.discharged = a.discharged))
    UNION ALL
    SELECT 'same_picture', %(weight_same_picture)s, a.id, c.id
    FROM asked a
    JOIN claims_paper p ON p.claim_id = a.id AND p.replaced_by_id IS NULL AND p.removed_at IS NULL
    CROSS JOIN LATERAL (
        SELECT q.claim_id FROM claims_paper q WHERE q.sha256 = p.sha256 AND q.removed_at IS NULL
        UNION
        -- Of five bands, four bits that differ leave one alike: the index finds it. A blank page is like any other.
        SELECT q.claim_id FROM claims_paper q
        WHERE bit_count(p.picture_hash::bit(64)) BETWEEN 8 AND 56
            AND q.picture_hash IS NOT NULL AND q.removed_at IS NULL
            AND claims_picture_bands(q.picture_hash) && claims_picture_bands(p.picture_hash)
            AND bit_count((p.picture_hash # q.picture_hash)::bit(64)) <= %(distance)s
    ) q
    JOIN claims_claim c ON c.id = q.claim_id AND c.id <> a.id AND c.state NOT IN ('draft', 'withdrawn')
), ordered AS (
    SELECT DISTINCT kind, weight, greatest(one, two) AS claim_id, least(one, two) AS other_id FROM pairs
), few AS (
    SELECT *, row_number() OVER (PARTITION BY kind, claim_id ORDER BY other_id DESC) AS nth FROM ordered
), alone AS (
    SELECT 'unusual_amount' AS kind, %(weight_unusual_amount)s AS weight, a.id AS claim_id,
        jsonb_build_object('claims', h.claims, 'usual', round(h.mean, 2)::text) AS details
    FROM asked a CROSS JOIN LATERAL (
        SELECT count(*) AS claims, avg(b.total) AS mean, stddev_pop(b.total) AS spread FROM claims_claim b
        WHERE b.hospital_key = a.hospital_key AND b.id <> a.id AND b.state NOT IN ('draft', 'withdrawn')
            AND b.filed_at > %(now)s::timestamptz - interval '2 years'
    ) h
    WHERE h.claims >= %(fewest)s AND a.total > h.mean + %(deviations)s * h.spread AND a.total > h.mean * 1.5
    UNION ALL
    SELECT 'filed_for_many', %(weight_filed_for_many)s, a.id, jsonb_build_object('claims', f.claims)
    FROM asked a CROSS JOIN LATERAL (
        SELECT count(*) AS claims FROM claims_claim b
        WHERE b.filed_by_id = a.filed_by_id AND b.filed_at > %(now)s::timestamptz - interval '30 days'
    ) f
    WHERE f.claims > %(many)s
)
INSERT INTO claims_finding (kind, weight, claim_id, other_id, details, found_at, clear_reason)
SELECT kind, weight, claim_id, other_id, '{}'::jsonb, %(now)s, '' FROM few WHERE nth <= %(pairs)s
UNION ALL
SELECT kind, weight, claim_id, NULL, details, %(now)s, '' FROM alone
ON CONFLICT DO NOTHING
