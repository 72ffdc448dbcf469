-- Ends covers: from the day `from_day` on they hold no more; a cover not yet begun then never holds (empty period).
-- What was issued stays in `period`. Covers that ended before, were cancelled already, or that a filed claim relies on
-- after the day, stay as they are.
UPDATE plans_coverage
SET live_period = period * daterange(NULL, %(from_day)s), status = 'cancelled', cancelled_from = %(from_day)s
WHERE id = ANY(%(coverages)s::bigint[]) AND status = 'active' AND upper(period) > %(from_day)s
    AND (keep_until IS NULL OR keep_until < %(from_day)s)
