-- The workers who get the gift.
SELECT worker_id FROM judged WHERE reason = ''
