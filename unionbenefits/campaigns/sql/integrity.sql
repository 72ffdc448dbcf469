-- Faults of money, places, gifts and covers, each as a code and what it concerns; no rows when all is well. Every
-- check recomputes from the rows themselves, as if no constraint or trigger existed.
WITH booked AS (
    SELECT fund_id, account, sum(amount) AS balance
    FROM (
        SELECT fund_id, debit AS account, amount FROM funds_entry
        UNION ALL SELECT fund_id, credit, -amount FROM funds_entry
    ) AS sides
    GROUP BY fund_id, account
), batch_money AS (
    SELECT b.id, b.state, b.amount, b.copies, c.unit_cost,
        (SELECT count(*) FROM campaigns_gift g WHERE g.batch_id = b.id AND g.state = 'live') AS live,
        coalesce(sum(e.amount) FILTER (WHERE e.debit = 'held'), 0)
            - coalesce(sum(e.amount) FILTER (WHERE e.credit = 'held'), 0) AS held,
        coalesce(sum(e.amount) FILTER (WHERE e.kind = 'capture'), 0)
            - coalesce(sum(e.amount) FILTER (WHERE e.kind = 'reversal'), 0) AS used
    FROM campaigns_giftbatch b
    JOIN campaigns_campaign c ON c.id = b.campaign_id
    LEFT JOIN campaigns_batchentry be ON be.batch_id = b.id
    LEFT JOIN funds_entry e ON e.id = be.entry_id
    GROUP BY b.id, c.id
)
SELECT 'document_shared' AS code, string_agg(DISTINCT worker_id::text, ', ') AS about
FROM workers_identitydocument WHERE retired_at IS NULL
GROUP BY kind, issuer, number_digest HAVING count(*) > 1
UNION ALL
SELECT 'coverage_overlap', a.worker_id::text
FROM plans_coverage a
JOIN plans_coverage b ON b.worker_id = a.worker_id AND b.plan_id = a.plan_id AND b.id > a.id
    AND b.live_period && a.live_period
UNION ALL
SELECT 'gift_twice', campaign_id || '/' || worker_id
FROM campaigns_gift WHERE state = 'live' GROUP BY campaign_id, worker_id HAVING count(*) > 1
UNION ALL
SELECT 'fund_overdrawn', fund_id || '/' || account FROM booked WHERE account <> 'source' AND balance < 0
UNION ALL
SELECT 'fund_unbalanced', fund_id::text FROM booked GROUP BY fund_id HAVING sum(balance) <> 0
UNION ALL
SELECT 'reversal_too_large', e.id::text
FROM funds_entry e JOIN funds_entry r ON r.reverses_id = e.id GROUP BY e.id HAVING sum(r.amount) > e.amount
UNION ALL
SELECT 'hold_negative', fund_id || '/' || reference
FROM funds_entry GROUP BY fund_id, reference
HAVING coalesce(sum(amount) FILTER (WHERE debit = 'held'), 0)
    < coalesce(sum(amount) FILTER (WHERE credit = 'held'), 0)
UNION ALL
SELECT 'allotment_exceeded', a.id::text
FROM campaigns_allotment a
WHERE a.copies < (
    SELECT count(*) FROM campaigns_giftbatch b
    JOIN campaigns_gift g ON g.batch_id = b.id AND g.state = 'live' WHERE b.allotment_id = a.id
) + (SELECT coalesce(sum(c.copies), 0) FROM campaigns_allotment c WHERE c.parent_id = a.id)
UNION ALL
SELECT 'batch_not_backed', id::text FROM batch_money WHERE state = 'issued' AND (used <> live * unit_cost OR held <> 0)
UNION ALL
SELECT 'batch_not_held', id::text FROM batch_money
WHERE state IN ('put_forward', 'approved') AND (held <> live * unit_cost OR used <> 0)
UNION ALL
SELECT 'batch_still_holds', id::text FROM batch_money WHERE state = 'returned' AND (held <> 0 OR used <> 0 OR live <> 0)
UNION ALL
SELECT 'batch_totals', id::text FROM batch_money
WHERE state IN ('put_forward', 'approved') AND (copies <> live OR amount <> live * unit_cost)
UNION ALL
SELECT 'entry_without_batch', e.id::text
FROM funds_entry e LEFT JOIN campaigns_batchentry be ON be.entry_id = e.id
WHERE e.reference LIKE 'batch:%%' AND (be.batch_id IS NULL OR e.reference <> 'batch:' || be.batch_id)
UNION ALL
SELECT 'gift_without_coverage', g.id::text
FROM campaigns_gift g
JOIN campaigns_giftbatch b ON b.id = g.batch_id AND b.state = 'issued'
JOIN campaigns_campaign c ON c.id = g.campaign_id AND c.kind = 'coverage'
LEFT JOIN plans_coverage v ON v.id = g.coverage_id AND v.worker_id = g.worker_id
WHERE g.state = 'live' AND v.id IS NULL
UNION ALL
SELECT 'coverage_given_twice', coverage_id::text
FROM campaigns_gift WHERE coverage_id IS NOT NULL GROUP BY coverage_id HAVING count(*) > 1
UNION ALL
SELECT 'gift_of_other_campaign', g.id::text
FROM campaigns_gift g
JOIN campaigns_giftbatch b ON b.id = g.batch_id
JOIN campaigns_allotment a ON a.id = b.allotment_id
WHERE g.campaign_id <> b.campaign_id OR a.campaign_id <> b.campaign_id
UNION ALL
SELECT 'certificate_wrong', id::text FROM plans_coverage
WHERE CASE WHEN certificate_no ~ '^[0-9]{15,24}$' THEN certificate_no::numeric %% 97 <> 1 ELSE true END
UNION ALL
SELECT 'approver_is_preparer', id::text FROM campaigns_giftbatch WHERE approved_by_id = prepared_by_id
ORDER BY code, about
LIMIT %(limit)s
