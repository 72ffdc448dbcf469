-- Every breakdown at once: by the unit that took the places, by grassroots union, by enterprise, by occupation.
, named AS (
    SELECT i.*, coalesce(hu.id, he.id) AS holder_id,
        CASE WHEN hu.id IS NULL THEN 'enterprise' ELSE 'union' END AS holder_kind, coalesce(hu.name, he.name) AS holder_name
    FROM issued i
    JOIN campaigns_allotment a ON a.id = i.allotment_id
    LEFT JOIN unions_union hu ON hu.id = a.union_id
    LEFT JOIN enterprises_enterprise he ON he.id = a.enterprise_id
)
SELECT
    CASE grouping(holder_kind, holder_id, holder_name, union_id, union_name, enterprise_id, enterprise_name, occupation)
        WHEN 31 THEN 'holder' WHEN 231 THEN 'union' WHEN 249 THEN 'enterprise' ELSE 'occupation' END AS breakdown,
    coalesce(holder_kind || ':' || holder_id, union_id::text, enterprise_id::text, occupation) AS key,
    coalesce(holder_name, union_name, enterprise_name, occupation) AS label,
    count(*) AS workers
FROM named
GROUP BY GROUPING SETS (
    (holder_kind, holder_id, holder_name), (union_id, union_name), (enterprise_id, enterprise_name), (occupation)
)
ORDER BY breakdown, workers DESC, label
