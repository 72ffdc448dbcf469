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
        coalesce(sum(e.amount) FILTER (WHERE e.kind = 'reversal'), 0) AS reversed,
        coalesce(sum(e.copies) FILTER (WHERE e.kind = 'hold'), 0)
            - coalesce(sum(e.copies) FILTER (WHERE e.kind IN ('release', 'reversal')), 0) AS counted,
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
SELECT 'batch_not_backed', id::text FROM batch_money 
WHERE state IN ('issued', 'part_revoked', 'revoked') AND (used <> live * unit_cost OR held <> 0)
UNION ALL
SELECT 'batch_not_held', id::text FROM batch_money
WHERE state IN ('put_forward', 'approved') AND (held <> live * unit_cost OR used <> 0)
UNION ALL
SELECT 'batch_still_holds', id::text FROM batch_money WHERE state = 'returned' AND (held <> 0 OR used <> 0 OR live <> 0)
UNION ALL
SELECT 'batch_totals', id::text FROM batch_money
WHERE state IN ('put_forward', 'approved') AND (copies <> live OR amount <> live * unit_cost)
UNION ALL
SELECT 'batch_draft_moves_money', id::text FROM batch_money WHERE state = 'draft' AND (held <> 0 OR used <> 0 OR live <> 0)
UNION ALL
SELECT 'batch_undone_totals', b.id::text
FROM campaigns_giftbatch b
WHERE b.revoked <> (SELECT count(*) FROM campaigns_gift g WHERE g.batch_id = b.id AND g.state = 'revoked')
    OR b.revoked <> (
        SELECT coalesce(sum(r.copies), 0) FROM campaigns_revocation r WHERE r.batch_id = b.id AND r.state = 'done'
    )
UNION ALL
SELECT 'undone_money', m.id::text FROM batch_money m
WHERE m.reversed <> (
    SELECT coalesce(sum(r.amount), 0) FROM campaigns_revocation r WHERE r.batch_id = m.id AND r.state = 'done'
)
UNION ALL
SELECT 'copies_not_counted', id::text FROM batch_money WHERE counted <> live
UNION ALL
SELECT 'fund_limit_exceeded', f.campaign_id || '/' || f.fund_id
FROM campaigns_campaignfund f
JOIN campaigns_giftbatch b ON b.campaign_id = f.campaign_id
JOIN campaigns_batchentry be ON be.batch_id = b.id
JOIN funds_entry e ON e.id = be.entry_id AND e.fund_id = f.fund_id
WHERE f."limit" IS NOT NULL
GROUP BY f.id
HAVING coalesce(sum(e.amount) FILTER (WHERE e.kind = 'hold'), 0)
    - coalesce(sum(e.amount) FILTER (WHERE e.kind IN ('release', 'reversal')), 0) > f."limit"
UNION ALL
SELECT 'shares_not_whole', c.id::text
FROM campaigns_campaign c JOIN campaigns_campaignfund f ON f.campaign_id = c.id
WHERE c.fund_use = 'by_share'
GROUP BY c.id HAVING coalesce(sum(f.share), 0) <> 100 OR bool_or(f.share IS NULL)
UNION ALL
SELECT DISTINCT 'fund_not_of_campaign', b.campaign_id || '/' || e.fund_id
FROM campaigns_giftbatch b
JOIN campaigns_batchentry be ON be.batch_id = b.id
JOIN funds_entry e ON e.id = be.entry_id
WHERE NOT EXISTS (
    SELECT FROM campaigns_campaignfund f WHERE f.campaign_id = b.campaign_id AND f.fund_id = e.fund_id
)
UNION ALL
SELECT 'allotment_misplaced', a.id::text
FROM campaigns_allotment a JOIN campaigns_allotment p ON p.id = a.parent_id WHERE p.campaign_id <> a.campaign_id
UNION ALL
SELECT 'undone_but_covered', g.id::text
FROM campaigns_revocationline l
JOIN campaigns_revocation r ON r.id = l.revocation_id AND r.state = 'done'
JOIN campaigns_gift g ON g.id = l.gift_id AND g.state = 'revoked'
JOIN plans_coverage v ON v.id = g.coverage_id
WHERE NOT l.kept AND NOT isempty(v.live_period) AND upper(v.live_period) > r.from_day
UNION ALL
SELECT 'entry_without_batch', e.id::text
FROM funds_entry e LEFT JOIN campaigns_batchentry be ON be.entry_id = e.id
WHERE e.reference LIKE 'batch:%%' AND (be.batch_id IS NULL OR e.reference <> 'batch:' || be.batch_id)
UNION ALL
SELECT 'gift_without_coverage', g.id::text
FROM campaigns_gift g
JOIN campaigns_giftbatch b ON b.id = g.batch_id AND b.state IN ('issued', 'part_revoked', 'revoked')
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
SELECT 'approver_is_preparer', id::text FROM campaigns_giftbatch
WHERE approved_by_id IN (prepared_by_id, put_forward_by_id, second_by_id) OR second_by_id IN (prepared_by_id, put_forward_by_id)
UNION ALL
SELECT 'undo_confirmed_by_proposer', id::text FROM campaigns_revocation WHERE state = 'done' AND decided_by_id = proposed_by_id
ORDER BY code, about
LIMIT %(limit)s
