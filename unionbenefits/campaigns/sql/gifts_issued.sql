-- Ties the lines of a batch to the covers just issued.
UPDATE campaigns_gift g SET coverage_id = i.coverage_id
FROM unnest(%(workers)s::bigint[], %(coverages)s::bigint[]) AS i(worker_id, coverage_id)
WHERE g.batch_id = %(batch)s AND g.worker_id = i.worker_id AND g.state = 'live'
