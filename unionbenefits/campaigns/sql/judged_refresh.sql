-- Judges the lines of a draft again: those who still get the gift are `standing`, the others left out with the reason of
-- today. Lines that an officer took out stay out; people who left the unit altogether are judged as such. In parts only
-- the lines of the part.
, fresh AS (
    SELECT g.id, j.enterprise_id, j.occupation, j.cover_from, coalesce(j.reason, 'not_a_member') AS reason
    FROM campaigns_gift g LEFT JOIN judged j ON j.worker_id = g.worker_id
    WHERE g.batch_id = %(batch)s AND g.reason <> 'taken_out'
        AND (NOT %(in_parts)s OR g.worker_id = ANY(%(part)s::bigint[]))
)
UPDATE campaigns_gift g SET
    state = CASE f.reason WHEN '' THEN %(standing)s ELSE 'left_out' END, reason = f.reason,
    enterprise_id = coalesce(f.enterprise_id, g.enterprise_id), occupation = coalesce(f.occupation, g.occupation),
    cover_from = CASE f.reason WHEN '' THEN f.cover_from END
FROM fresh f WHERE g.id = f.id
