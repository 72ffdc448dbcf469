-- How many they are.
SELECT count(worker_id) AS workers FROM asked
