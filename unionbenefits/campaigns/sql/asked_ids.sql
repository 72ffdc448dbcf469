-- Those of them whom `only` does not keep out, by worker, so that parts wait for each other in one order.
SELECT worker_id FROM asked
WHERE worker_id IS NOT NULL AND (%(only)s::bigint[] IS NULL OR worker_id = ANY(%(only)s::bigint[]))
ORDER BY worker_id
