-- How many get the gift (reason '') and how many do not, by code; those who continue a cover by their first day.
SELECT reason, cover_from, count(*) AS workers, count(*) FILTER (WHERE renews) AS renewals,
    count(*) FILTER (WHERE leaves_a_gap) AS gaps
FROM judged GROUP BY reason, cover_from ORDER BY reason, cover_from
