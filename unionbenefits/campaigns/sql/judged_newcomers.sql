-- Gives everybody who has no line in the draft yet one, as judged now.
INSERT INTO campaigns_gift (campaign_id, batch_id, worker_id, enterprise_id, occupation, state, reason, cover_from)
SELECT %(campaign)s, %(batch)s, j.worker_id, j.enterprise_id, j.occupation,
    CASE j.reason WHEN '' THEN %(standing)s ELSE 'left_out' END, j.reason, CASE j.reason WHEN '' THEN j.cover_from END
FROM judged j
WHERE NOT EXISTS (SELECT FROM campaigns_gift g WHERE g.batch_id = %(batch)s AND g.worker_id = j.worker_id)
ORDER BY j.worker_id
