SELECT count(*) AS rows,
       count(*) FILTER (WHERE verdict = 'accept') AS accept,
       count(*) FILTER (WHERE verdict = 'hold') AS hold,
       count(*) FILTER (WHERE verdict = 'reject') AS reject,
       count(*) FILTER (WHERE action = 'new') AS new,
       count(*) FILTER (WHERE action = 'changed') AS changed,
       count(*) FILTER (WHERE action = 'unchanged') AS unchanged,
       count(*) FILTER (WHERE action = 'joined') AS joined,
       (SELECT count(*) FROM workers_rosterleaver WHERE roster_id = %(roster)s) AS leavers
FROM workers_rosterrow
WHERE roster_id = %(roster)s
