-- A page of the judged workers: those who do not get the gift first, by code. `reason` NULL shows all.
SELECT j.worker_id, j.name, j.enterprise_id, e.name AS enterprise_name, j.occupation, j.reason,
    CASE j.reason WHEN '' THEN j.cover_from END AS cover_from
FROM judged j JOIN enterprises_enterprise e ON e.id = j.enterprise_id
WHERE %(reason)s::text IS NULL OR j.reason = %(reason)s
ORDER BY j.reason = '', j.reason, j.worker_id LIMIT %(limit)s OFFSET %(offset)s
