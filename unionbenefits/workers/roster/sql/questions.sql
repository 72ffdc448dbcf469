-- What holds the rows of a roster, and how many.
SELECT f ->> 'code' AS code, count(DISTINCT r.id) AS rows
FROM workers_rosterrow r, jsonb_array_elements(r.codes) f
WHERE r.roster_id = %(roster)s AND r.verdict = 'hold' AND f ->> 'code' = ANY (%(codes)s)
GROUP BY 1
ORDER BY 2 DESC, 1
