-- All covers of a worker with what their holder reads of plan, terms and giver; the latest first.
SELECT c.id AS coverage_id, c.certificate_no, c.period, c.live_period, c.first_enrolment, c.cancelled_from, c.issued_at,
    p.code AS plan_code, p.name AS plan_name, p.popular_name,
    v.rates, v.deductible, v.cap_per_stay, v.cap_per_period, v.waiting_days, u.name AS given_by
FROM plans_coverage c
JOIN plans_plan p ON p.id = c.plan_id
JOIN plans_planversion v ON v.id = c.plan_version_id
JOIN unions_union u ON u.id = c.given_by_id
WHERE c.worker_id = %(worker)s
ORDER BY c.period DESC, c.id DESC
