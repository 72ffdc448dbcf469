-- Puts the judged workers down as the batch's lines, by worker, so that two batches wait in the same order. Those who
-- get the gift are `standing`: live, or drafted, which holds nothing yet.
INSERT INTO campaigns_gift (campaign_id, batch_id, worker_id, enterprise_id, occupation, state, reason, cover_from)
SELECT %(campaign)s, %(batch)s, worker_id, enterprise_id, occupation,
    CASE reason WHEN '' THEN %(standing)s ELSE 'left_out' END, reason, CASE reason WHEN '' THEN cover_from END
FROM judged ORDER BY worker_id
