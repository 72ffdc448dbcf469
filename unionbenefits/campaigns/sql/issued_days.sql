-- How many gifts that still hold were issued on each day, by the calendar of Shanghai.
SELECT (b.issued_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS workers
FROM issued i JOIN campaigns_giftbatch b ON b.id = i.batch_id
GROUP BY day ORDER BY day
