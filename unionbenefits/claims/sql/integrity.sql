-- Faults of claims and payments, each as a code and what it concerns; no rows when all is well. Recomputed from the rows
-- themselves, as if no constraint or trigger existed.
WITH money AS (
    SELECT o.id, o.state, o.amount, count(e.id) AS entries,
        coalesce(sum(e.amount) FILTER (WHERE e.debit = 'held'), 0)
            - coalesce(sum(e.amount) FILTER (WHERE e.credit = 'held'), 0) AS held,
        coalesce(sum(e.amount) FILTER (WHERE e.kind = 'capture'), 0)
            - coalesce(sum(e.amount) FILTER (WHERE e.kind = 'reversal'), 0) AS used,
        (SELECT coalesce(sum(r.amount), 0) FROM claims_refund r WHERE r.obligation_id = o.id) AS refunded
    FROM claims_obligation o
    LEFT JOIN claims_obligationentry oe ON oe.obligation_id = o.id
    LEFT JOIN funds_entry e ON e.id = oe.entry_id
    GROUP BY o.id
)
SELECT 'obligation_paid_twice' AS code, obligation_id::text AS about
FROM claims_payment WHERE state = 'succeeded' GROUP BY obligation_id HAVING count(*) > 1
UNION ALL
SELECT 'obligation_two_attempts', obligation_id::text
FROM claims_payment WHERE state IN ('waiting', 'submitted', 'unknown', 'succeeded') GROUP BY obligation_id HAVING count(*) > 1
UNION ALL
SELECT 'obligation_not_held', id::text FROM money WHERE state = 'due' AND (held <> amount OR used <> 0)
UNION ALL
SELECT 'obligation_not_used', id::text FROM money WHERE state = 'paid' AND (held <> 0 OR used <> amount - refunded)
UNION ALL
SELECT 'obligation_keeps_money', id::text FROM money WHERE state IN ('returned', 'stopped') AND (held <> 0 OR used <> 0)
UNION ALL
SELECT 'payment_of_other_amount', p.id::text
FROM claims_payment p JOIN claims_obligation o ON o.id = p.obligation_id WHERE p.amount <> o.amount
UNION ALL
SELECT 'paid_without_payment', o.id::text
FROM claims_obligation o
WHERE o.state = 'paid' AND NOT EXISTS (
    SELECT FROM claims_payment p WHERE p.obligation_id = o.id AND p.state = 'succeeded'
)
UNION ALL
SELECT 'payment_batch_totals', b.id::text
FROM claims_paymentbatch b
WHERE b.state <> 'cancelled' AND (b.count, b.total) <> (
    SELECT count(*), coalesce(sum(p.amount), 0) FROM claims_payment p WHERE p.batch_id = b.id AND p.state <> 'cancelled'
)
UNION ALL
SELECT 'decision_two_roles', id::text FROM claims_decision
WHERE decided_by_id IN (reviewed_by_id, approved_by_id) OR reviewed_by_id = approved_by_id
UNION ALL
SELECT 'claim_entry_untied', e.id::text
FROM funds_entry e LEFT JOIN claims_obligationentry oe ON oe.entry_id = e.id
WHERE e.reference LIKE 'claim:%%' AND (oe.obligation_id IS NULL OR e.reference <> 'claim:' || oe.obligation_id)
ORDER BY code, about
LIMIT %(limit)s
