-- What judging a draft's people now would change: newcomers who would get the gift, lines that would get it after all,
-- and lines that would not get it any more, with the reason. What an officer took out is no change.
, changed AS (
    SELECT j.reason,
        CASE WHEN g.id IS NULL AND j.reason = '' THEN 'joined'
            WHEN g.state = 'left_out' AND g.reason <> 'taken_out' AND j.reason = '' THEN 'gained'
            WHEN g.state = 'drafted' AND j.reason <> '' THEN 'lost' END AS change
    FROM judged j
    LEFT JOIN campaigns_gift g ON g.batch_id = %(batch)s AND g.worker_id = j.worker_id
    UNION ALL
    SELECT 'not_a_member', 'lost' FROM campaigns_gift g
    WHERE g.batch_id = %(batch)s AND g.state = 'drafted'
        AND NOT EXISTS (SELECT FROM judged j WHERE j.worker_id = g.worker_id)
)
SELECT change, reason, count(*) AS workers FROM changed WHERE change IS NOT NULL GROUP BY change, reason
