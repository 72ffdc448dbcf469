-- Covers by the Shanghai calendar year in which they were issued, those that never held (an empty period) and those
-- given by unions for tests left out. `after` is the last day that the opening figures include, or NULL.
SELECT extract(year FROM c.issued_at AT TIME ZONE 'Asia/Shanghai')::int AS year, count(*) AS enrolments
FROM plans_coverage c
WHERE NOT isempty(c.live_period)
    AND (%(after)s::date IS NULL OR c.issued_at >= ((%(after)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'))
    AND NOT EXISTS (
        SELECT FROM unions_union u JOIN unions_union t ON t.is_test AND starts_with(u.path, t.path)
        WHERE u.id = c.given_by_id
    )
GROUP BY year ORDER BY year
