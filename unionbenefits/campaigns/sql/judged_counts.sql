-- How many get the gift (reason '') and how many do not, by code.
SELECT reason, count(*) AS workers, count(*) FILTER (WHERE renews) AS renewals,
    count(*) FILTER (WHERE leaves_a_gap) AS gaps
FROM judged GROUP BY reason ORDER BY reason
