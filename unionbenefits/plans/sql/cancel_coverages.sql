-- Ends covers: from the day `from_day` on they hold no more; a cover not yet begun then never holds (empty period).
-- What was issued stays in `period`. Covers that ended before, or were cancelled already, stay as they are.
UPDATE plans_coverage
SET live_period = period * daterange(NULL, %(from_day)s), status = 'cancelled', cancelled_from = %(from_day)s
WHERE id = ANY(%(coverages)s::bigint[]) AND status = 'active' AND upper(period) > %(from_day)s
