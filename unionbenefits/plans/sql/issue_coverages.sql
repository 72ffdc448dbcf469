-- Issues cover under one plan version to many workers at once; returns who got it.
--
-- Workers who are covered on any day of the period are passed over by the anti-join. Who gets covered at this moment
-- by somebody else meets the exclusion constraint: plans/actions.py ends this statement with or without ON CONFLICT.
-- Rows go in by worker, so that two issues wait in the same order; it also keeps the index pages warm.
--
-- First enrolment: no cover of the plan in force on the day before. A gap of a single day makes the next cover a
-- first enrolment again (domain.md §1, §1.4).
--
-- Certificate number: plans/certificates.py. Parameters: workers, plan, version, given_by, first_day, last_day,
-- year, now; firsts and lasts, beside the workers, where some have days of their own (a cover that is continued), or
-- NULL.
WITH wanted AS (
    SELECT w.worker_id, w.first_day, w.last_day
    FROM (
        SELECT DISTINCT ON (u.worker_id) u.worker_id,
            coalesce(u.first_day, %(first_day)s::date) AS first_day, coalesce(u.last_day, %(last_day)s::date) AS last_day
        FROM unnest(%(workers)s::bigint[], %(firsts)s::date[], %(lasts)s::date[]) AS u(worker_id, first_day, last_day)
    ) AS w
    WHERE NOT EXISTS (
        SELECT FROM plans_coverage c
        WHERE c.worker_id = w.worker_id AND c.plan_id = %(plan)s
            AND c.live_period && daterange(w.first_day, w.last_day, '[]')
    )
    ORDER BY w.worker_id
), numbered AS (
    SELECT worker_id, first_day, last_day, %(year)s::text || lpad(serial, greatest(9, length(serial)), '0') AS body
    FROM (SELECT worker_id, first_day, last_day, nextval('plans_certificate_no')::text AS serial FROM wanted) AS drawn
)
INSERT INTO plans_coverage (
    worker_id, plan_id, plan_version_id, given_by_id, certificate_no, period, live_period, first_enrolment,
    status, cancelled_from, issued_at
)
SELECT
    n.worker_id, %(plan)s, %(version)s, %(given_by)s,
    n.body || lpad((98 - n.body::bigint * 100 %% 97)::text, 2, '0'),
    daterange(n.first_day, n.last_day, '[]'), daterange(n.first_day, n.last_day, '[]'),
    before.worker_id IS NULL,
    'active', NULL, %(now)s
FROM numbered n
LEFT JOIN (
    SELECT c.worker_id, c.live_period FROM plans_coverage c
    WHERE c.plan_id = %(plan)s AND (%(firsts)s::date[] IS NOT NULL OR c.live_period @> (%(first_day)s::date - 1))
) AS before ON before.worker_id = n.worker_id AND before.live_period @> (n.first_day - 1)
ORDER BY n.worker_id
