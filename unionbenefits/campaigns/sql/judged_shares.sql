-- How much of each unit is enrolled once the batch (`gets`) is issued. Judged are all present members of the units.
-- on_file  present members; people whom the plan's ages exclude are counted apart
-- enrolled those who get it now, have a gift of the campaign or are covered
, got AS (
    SELECT DISTINCT unnest(%(gets)s::bigint[]) AS worker_id
), present AS (
    SELECT DISTINCT m.enterprise_id, m.worker_id FROM workers_membership m
    WHERE m.enterprise_id = ANY(%(enterprises)s::bigint[]) AND (m.left_on IS NULL OR m.left_on >= %(today)s)
)
SELECT e.id AS enterprise_id, e.name, e.headcount, count(*) AS on_file,
    count(*) FILTER (WHERE j.reason IN ('too_young', 'too_old', 'over_retirement_age')) AS excluded,
    count(*) FILTER (
        WHERE got.worker_id IS NOT NULL OR j.reason IN ('gifted_in_campaign', 'already_covered')
    ) AS enrolled
FROM present p
JOIN enterprises_enterprise e ON e.id = p.enterprise_id
JOIN judged j ON j.worker_id = p.worker_id
LEFT JOIN got ON got.worker_id = p.worker_id
GROUP BY e.id HAVING count(got.worker_id) > 0
ORDER BY e.id
