-- Judges the workers of a unit for a campaign: the beginning of a statement that judged_*.sql end.
--
-- asked   with a roster the workers of its accepted rows; otherwise the unit's current members (`only` narrows)
-- chosen  one membership per worker at the unit's enterprises: a current one first, then one whose occupation the
--         campaign wants, then the oldest
-- judged  a code per worker (campaigns.enums.LeftOut), empty for those who get the gift; the first that applies.
--         `promised` are those whom a dry run gives one through another unit
--
-- Gifts and covers are looked up worker by worker: a new roster is in no statistics yet, and joining them as sets
-- then ended in a nested loop over all of them (2-5 s for 1,000 workers), besides reading every cover of the plan.
-- Both ends of a period count. Covers are those of the same plan, given by anybody.
WITH asked AS (
    SELECT coalesce(r.worker_id, d.worker_id) AS worker_id
    FROM workers_rosterrow r
    LEFT JOIN workers_identitydocument d
        ON d.number_digest = r.number_digest AND d.kind = r.document_kind AND d.issuer = r.issuer
        AND d.retired_at IS NULL
    WHERE r.roster_id = %(roster)s AND r.verdict = 'accept'
    UNION
    SELECT m.worker_id FROM workers_membership m
    WHERE %(roster)s::bigint IS NULL AND m.enterprise_id = ANY(%(enterprises)s::bigint[])
        AND (%(only)s::bigint[] IS NOT NULL OR m.left_on IS NULL OR m.left_on >= %(today)s)
), chosen AS (
    SELECT DISTINCT ON (m.worker_id)
        m.worker_id, m.enterprise_id, m.occupation,
        (m.left_on IS NULL OR m.left_on >= %(today)s) AS is_member,
        (%(occupations)s::text[] IS NULL OR m.occupation = ANY(%(occupations)s::text[])) AS occupation_fits
    FROM asked a
    JOIN workers_membership m ON m.worker_id = a.worker_id
    WHERE m.enterprise_id = ANY(%(enterprises)s::bigint[])
        AND (%(only)s::bigint[] IS NULL OR m.worker_id = ANY(%(only)s::bigint[]))
    ORDER BY m.worker_id, is_member DESC, occupation_fits DESC, m.joined_on NULLS LAST, m.id
), aged AS (
    SELECT
        c.worker_id, c.enterprise_id, c.occupation, c.is_member, c.occupation_fits, w.name, w.birth_date,
        %(cover_months)s - b.months - (extract(day FROM w.birth_date)::int > %(cover_day)s)::int AS lived,
        CASE WHEN w.sex = 'female'
            THEN %(women_base)s + CASE WHEN b.months < %(women_first)s THEN 0
                ELSE least(%(women_cap)s, (b.months - %(women_first)s) / %(women_step)s + 1) END
            ELSE %(men_base)s + CASE WHEN b.months < %(men_first)s THEN 0
                ELSE least(%(men_cap)s, (b.months - %(men_first)s) / %(men_step)s + 1) END
        END AS retires
    FROM chosen c
    JOIN workers_worker w ON w.id = c.worker_id
    CROSS JOIN LATERAL (
        SELECT (extract(year FROM w.birth_date) * 12 + extract(month FROM w.birth_date))::int AS months
    ) AS b
), judged AS (
    SELECT
        a.worker_id, a.enterprise_id, a.occupation, a.name,
        CASE
            WHEN a.worker_id = ANY(%(promised)s::bigint[]) OR EXISTS (
                SELECT FROM campaigns_gift g
                WHERE g.campaign_id = %(campaign)s AND g.worker_id = a.worker_id AND g.state = 'live'
            ) THEN 'gifted_in_campaign'
            WHEN EXISTS (
                SELECT FROM plans_coverage v
                WHERE v.worker_id = a.worker_id AND v.plan_id = %(plan)s
                    AND v.live_period && daterange(%(cover_from)s, %(cover_until)s, '[]')
            ) THEN 'already_covered'
            WHEN NOT a.is_member THEN 'not_a_member'
            WHEN NOT a.occupation_fits THEN 'occupation'
            WHEN a.birth_date IS NULL AND %(ask_for_birth)s THEN 'no_birth_date'
            WHEN a.lived < %(floor_months)s THEN 'too_young'
            WHEN a.lived >= %(below_months)s THEN 'too_old'
            WHEN %(below_retirement)s AND a.lived >= a.retires THEN 'over_retirement_age'
            ELSE ''
        END AS reason,
        coalesce(p.last_day = %(cover_from)s::date - 1, false) AS renews,
        coalesce(p.last_day < %(cover_from)s::date - 1, false) AS leaves_a_gap
    FROM aged a
    CROSS JOIN LATERAL (
        SELECT max(upper(v.live_period)) - 1 AS last_day FROM plans_coverage v
        WHERE v.worker_id = a.worker_id AND v.plan_id = %(plan)s
            AND v.live_period && daterange(%(gap_from)s, %(cover_from)s)
    ) AS p
)
