-- Faults of the union tree and of what is closed in it, each as a code and the key that it concerns.
WITH told AS (
    SELECT u.id, u.path, u.depth, u.numchild, u.closed_on,
        (SELECT count(*) FROM unions_union c
         WHERE length(c.path) = length(u.path) + 4 AND starts_with(c.path, u.path)) AS children
    FROM unions_union u
)
SELECT 'tree_path' AS code, id::text AS about FROM told
WHERE length(path) %% 4 <> 0 OR (length(path) > 4
    AND NOT EXISTS (SELECT FROM unions_union p WHERE p.path = left(told.path, length(told.path) - 4)))
UNION ALL
SELECT 'tree_depth', id::text FROM told WHERE depth <> length(path) / 4
UNION ALL
SELECT 'tree_children', id::text FROM told WHERE numchild <> children
UNION ALL
SELECT 'union_below_closed', u.id::text FROM told u
JOIN told p ON starts_with(u.path, p.path) AND p.id <> u.id
WHERE u.closed_on IS NULL AND p.closed_on IS NOT NULL
UNION ALL
SELECT 'enterprise_of_closed_union', e.id::text FROM enterprises_enterprise e
JOIN unions_union u ON u.id = e.union_id
WHERE u.closed_on IS NOT NULL AND e.closed_on IS NULL
UNION ALL
SELECT 'member_of_closed_enterprise', e.id::text FROM enterprises_enterprise e
WHERE e.closed_on IS NOT NULL
    AND EXISTS (SELECT FROM workers_membership m WHERE m.enterprise_id = e.id AND m.left_on IS NULL)
UNION ALL
SELECT 'post_at_closed_unit', p.id::text FROM access_post p
LEFT JOIN enterprises_enterprise e ON e.id = p.enterprise_id
LEFT JOIN unions_union u ON u.id = p.union_id
WHERE NOT p.withdrawn
    AND coalesce(p.ends_on, 'infinity') > greatest(coalesce(e.closed_on, u.closed_on), p.starts_on)
    AND coalesce(e.closed_on, u.closed_on) IS NOT NULL
LIMIT %(limit)s
