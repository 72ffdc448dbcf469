WITH ended AS (
    UPDATE workers_membership m
    SET left_on = %(today)s
    FROM workers_rosterleaver l
    WHERE l.roster_id = %(roster)s AND l.confirmed AND l.membership_id = m.id AND m.left_on IS NULL
      AND NOT EXISTS (SELECT FROM roster_match x WHERE x.membership_id = m.id)
    RETURNING m.id)
UPDATE workers_rosterleaver l
SET ended = true
FROM ended
WHERE l.roster_id = %(roster)s AND l.membership_id = ended.id
