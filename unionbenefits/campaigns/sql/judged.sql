-- Judges the workers of a unit for a campaign: follows asked.sql, and judged_*.sql end the statement.
--
-- chosen  one membership per worker at the unit's enterprises: a current one first, then one inside the campaign's
--         areas, then one whose occupation the campaign wants, then the oldest
-- placed  with the first day of cover: the common one, or under the rule "continues" the day after the last cover that
--         the worker has within the campaign's period
-- judged  a code per worker (campaigns.enums.LeftOut), empty for those who get the gift; the first that applies.
--         `promised` are those whom a dry run gives one through another unit
--
-- Gifts and covers are looked up worker by worker: a new roster is in no statistics yet, and joining them as sets
-- then ended in a nested loop over all of them (2-5 s for 1,000 workers), besides reading every cover of the plan.
-- Where nothing is continued and nobody counts renewals, the last cover is not looked up at all.
-- Both ends of a period count. Covers are those of the same plan, given by anybody. `earlier` are the campaigns whose
-- gifts count as gifted before, `outside` the enterprises outside the areas, `accepted` the basic insurances; each NULL
-- where the campaign does not ask. campaigns/eligibility.py says the same in Python, and a test compares the two.
, chosen AS (
    SELECT DISTINCT ON (m.worker_id)
        m.worker_id, m.enterprise_id, m.occupation,
        (m.left_on IS NULL OR m.left_on >= %(today)s) AS is_member,
        (%(outside)s::bigint[] IS NULL OR m.enterprise_id <> ALL(%(outside)s::bigint[])) AS in_area,
        (%(occupations)s::text[] IS NULL OR m.occupation = ANY(%(occupations)s::text[])) AS occupation_fits
    FROM asked a
    JOIN workers_membership m ON m.worker_id = a.worker_id
    WHERE m.enterprise_id = ANY(%(enterprises)s::bigint[])
        AND (%(only)s::bigint[] IS NULL OR m.worker_id = ANY(%(only)s::bigint[]))
    ORDER BY m.worker_id, is_member DESC, in_area DESC, occupation_fits DESC, m.joined_on NULLS LAST, m.id
), placed AS (
    SELECT c.*, w.name, w.birth_date, w.sex, w.retirement_track, w.basic_insurance, w.real_name_checked_on,
        p.last_day,
        CASE WHEN %(continues)s AND p.last_day >= %(cover_from)s::date THEN p.last_day + 1
            ELSE %(first_day)s::date END AS starts_on
    FROM chosen c
    JOIN workers_worker w ON w.id = c.worker_id
    CROSS JOIN LATERAL (
        SELECT max(upper(v.live_period)) - 1 AS last_day FROM plans_coverage v
        WHERE v.worker_id = c.worker_id AND v.plan_id = %(plan)s
            AND v.live_period && daterange(%(gap_from)s, %(cover_until)s, '[]')
    ) AS p
), aged AS (
    SELECT
        p.*,
        d.months - b.months - (date_part('day', p.birth_date) > date_part('day', p.starts_on))::int AS lived,
        CASE
            WHEN p.sex <> 'male' AND p.retirement_track = 'women_50' THEN
                %(early_base)s + CASE WHEN b.months < %(early_first)s THEN 0
                    ELSE least(%(early_cap)s, (b.months - %(early_first)s) / %(early_step)s + 1) END
            WHEN p.sex = 'female' OR p.sex <> 'male' AND p.retirement_track = 'women_55' THEN
                %(women_base)s + CASE WHEN b.months < %(women_first)s THEN 0
                    ELSE least(%(women_cap)s, (b.months - %(women_first)s) / %(women_step)s + 1) END
            ELSE
                %(men_base)s + CASE WHEN b.months < %(men_first)s THEN 0
                    ELSE least(%(men_cap)s, (b.months - %(men_first)s) / %(men_step)s + 1) END
        END AS retires
    FROM placed p
    CROSS JOIN LATERAL (
        SELECT (date_part('year', p.birth_date) * 12 + date_part('month', p.birth_date))::int AS months
    ) AS b
    CROSS JOIN LATERAL (
        SELECT (date_part('year', p.starts_on) * 12 + date_part('month', p.starts_on))::int AS months
    ) AS d
), judged AS (
    SELECT
        a.worker_id, a.enterprise_id, a.occupation, a.name,
        CASE
            WHEN a.worker_id = ANY(%(promised)s::bigint[]) OR EXISTS (
                SELECT FROM campaigns_gift g
                WHERE g.campaign_id = %(campaign)s AND g.worker_id = a.worker_id AND g.state = 'live'
            ) THEN 'gifted_in_campaign'
            WHEN NOT %(continues)s AND EXISTS (
                SELECT FROM plans_coverage v
                WHERE v.worker_id = a.worker_id AND v.plan_id = %(plan)s
                    AND v.live_period && daterange(%(cover_from)s, %(cover_until)s, '[]')
            ) OR %(continues)s AND (a.last_day >= %(cover_until)s::date OR EXISTS (
                SELECT FROM plans_coverage v
                WHERE v.worker_id = a.worker_id AND v.plan_id = %(plan)s AND v.live_period && daterange(
                    a.starts_on,
                    CASE WHEN %(length_months)s::int IS NULL THEN a.starts_on + %(length_days)s::int
                        ELSE (a.starts_on + make_interval(months => %(length_months)s::int))::date - 1 END,
                    '[]'
                )
            )) THEN 'already_covered'
            WHEN NOT a.is_member THEN 'not_a_member'
            WHEN NOT a.in_area THEN 'outside_area'
            WHEN NOT a.occupation_fits THEN 'occupation'
            WHEN %(earlier)s::bigint[] IS NOT NULL AND EXISTS (
                SELECT FROM campaigns_gift g
                JOIN campaigns_giftbatch gb ON gb.id = g.batch_id
                WHERE g.worker_id = a.worker_id AND g.state = 'live' AND g.campaign_id = ANY(%(earlier)s::bigint[])
                    AND (%(gifted_since)s::timestamptz IS NULL OR gb.issued_at IS NULL
                        OR gb.issued_at >= %(gifted_since)s::timestamptz)
            ) AND NOT EXISTS (
                SELECT FROM campaigns_giftoverride o
                WHERE o.campaign_id = %(campaign)s AND o.worker_id = a.worker_id AND o.allowed_at IS NOT NULL
            ) THEN 'gifted_before'
            WHEN %(real_name)s AND a.real_name_checked_on IS NULL THEN 'real_name_missing'
            WHEN a.basic_insurance <> ALL(%(accepted)s::text[]) THEN 'insurance_missing'
            WHEN a.birth_date IS NULL AND %(ask_for_birth)s THEN 'no_birth_date'
            WHEN a.lived < %(floor_months)s THEN 'too_young'
            WHEN a.lived >= %(below_months)s THEN 'too_old'
            WHEN %(below_retirement)s AND a.lived >= a.retires THEN 'over_retirement_age'
            ELSE ''
        END AS reason,
        CASE WHEN a.starts_on > %(cover_from)s::date THEN a.starts_on END AS cover_from,
        coalesce(a.last_day = a.starts_on - 1, false) AS renews,
        coalesce(a.last_day < %(cover_from)s::date - 1, false) AS leaves_a_gap
    FROM aged a
)
