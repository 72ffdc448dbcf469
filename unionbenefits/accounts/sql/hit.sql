-- Counts one try for each (limit, key) and says how many there are now in the window that is open.
-- A window opens with the first try and is not moved by later ones. Rows come sorted, so that two requests that share
-- keys lock them in the same order and never wait for each other in a ring.
INSERT INTO accounts_throttle AS known ("limit", key_digest, count, window_ends_at)
SELECT name, digest, 1, ends
FROM unnest(%(names)s::text[], %(digests)s::bytea[], %(ends)s::timestamptz[]) AS tried (name, digest, ends)
ON CONFLICT ("limit", key_digest) DO UPDATE
SET count = CASE WHEN known.window_ends_at <= %(now)s THEN 1 ELSE known.count + 1 END,
    window_ends_at = CASE WHEN known.window_ends_at <= %(now)s THEN excluded.window_ends_at ELSE known.window_ends_at END
RETURNING "limit" AS name, count, window_ends_at
