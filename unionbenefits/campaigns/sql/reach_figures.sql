-- How many of `people` (worker_id, issued_at of the cover; a query of Django's stands in front) were told of their cover
-- by text message, opened their page after that, opened it on their own: the rules of `campaigns.reach.with_times`.
-- Parameters: kinds, never_arrived.
, told AS (
    SELECT p.worker_id, min(m.texted_at) AS told_at
    FROM people p
    JOIN workers_message m ON m.worker_id = p.worker_id AND m.kind = ANY(%(kinds)s) AND m.texted_at >= p.issued_at
    LEFT JOIN accounts_smsmessage s ON s.id = m.sms_id
    WHERE s.id IS NULL OR s.state <> ALL(%(never_arrived)s)
    GROUP BY p.worker_id
)
SELECT count(*) AS covered,
    count(t.told_at) AS told,
    count(*) FILTER (WHERE o.first_at >= t.told_at) AS opened,
    count(*) FILTER (WHERE o.first_at < t.told_at OR t.told_at IS NULL AND o.first_at IS NOT NULL) AS own
FROM people p
LEFT JOIN told t ON t.worker_id = p.worker_id
LEFT JOIN workers_firstopening o ON o.worker_id = p.worker_id
