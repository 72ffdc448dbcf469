-- What does not agree, payment by payment: the money of obligations that the bank or the ledger moved on the day, and
-- payments of the last three months whose state the bank's answers do not bear out.
WITH said AS (
    SELECT p.obligation_id AS obligation, max(p.id) AS payment,
        coalesce(sum(p.amount) FILTER (WHERE l.outcome = 'paid'), 0) AS paid,
        coalesce(sum(p.amount) FILTER (WHERE l.outcome = 'returned' AND p.paid_on IS NOT NULL), 0) AS came_back
    FROM claims_resultline l
    JOIN claims_resultfile f ON f.id = l.file_id
    JOIN claims_payment p ON p.id = l.payment_id
    WHERE l.outcome IN ('paid', 'returned') AND f.read_at >= %(start)s AND f.read_at < %(after)s
    GROUP BY p.obligation_id
), moved AS (
    SELECT oe.obligation_id AS obligation,
        coalesce(sum(e.amount) FILTER (WHERE e.kind = 'capture'), 0) AS used,
        coalesce(sum(e.amount) FILTER (WHERE e.kind = 'reversal'), 0) AS given_back
    FROM funds_entry e JOIN claims_obligationentry oe ON oe.entry_id = e.id
    WHERE e.kind IN ('capture', 'reversal') AND e.made_at >= %(start)s AND e.made_at < %(after)s
    GROUP BY oe.obligation_id
), refunded AS (
    SELECT obligation_id AS obligation, sum(amount) AS refunded
    FROM claims_refund WHERE made_at >= %(start)s AND made_at < %(after)s GROUP BY obligation_id
), compared AS (
    SELECT obligation, payment, coalesce(paid, 0) AS paid, coalesce(came_back, 0) + coalesce(refunded, 0) AS came_back,
        coalesce(used, 0) AS used, coalesce(given_back, 0) AS given_back
    FROM said FULL JOIN moved USING (obligation) FULL JOIN refunded USING (obligation)
), found AS (
    SELECT 'used' AS code, obligation, payment, paid AS bank, used AS ledger FROM compared WHERE paid <> used
    UNION ALL
    SELECT 'given_back', obligation, payment, came_back, given_back FROM compared WHERE came_back <> given_back
    UNION ALL
    SELECT 'state', p.obligation_id, p.id, NULL, NULL
    FROM claims_payment p
    WHERE p.submitted_on BETWEEN %(day)s::date - 90 AND %(day)s AND (
        p.state IN ('succeeded', 'failed', 'returned') AND NOT EXISTS (
            SELECT FROM claims_resultline l WHERE l.payment_id = p.id
            AND l.outcome = CASE p.state WHEN 'succeeded' THEN 'paid' ELSE p.state END
        )
        OR p.state IN ('submitted', 'unknown') AND EXISTS (
            SELECT FROM claims_resultline l WHERE l.payment_id = p.id AND l.outcome IN ('paid', 'failed', 'returned')
        )
    )
)
SELECT found.code, found.obligation, c.number AS claim, p.order_no AS order_no, b.office_id AS office, found.bank, found.ledger
FROM found
JOIN claims_obligation o ON o.id = found.obligation
JOIN claims_claim c ON c.id = o.claim_id
LEFT JOIN claims_payment p ON p.id = coalesce(
    found.payment, (SELECT max(a.id) FROM claims_payment a WHERE a.obligation_id = found.obligation)
)
LEFT JOIN claims_paymentbatch b ON b.id = p.batch_id
WHERE b.office_id = ANY (%(offices)s) OR %(unassigned)s AND b.office_id IS NULL
ORDER BY found.code, found.obligation, found.payment
LIMIT %(limit)s
