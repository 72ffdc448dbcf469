-- Units are the grassroots unions that the workers belong to.
SELECT count(DISTINCT union_id) AS units, count(*) AS workers FROM issued
