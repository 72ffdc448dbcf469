-- Names the gifts of a batch that still hold as the lines of a proposal: all, or those in `gifts`.
INSERT INTO campaigns_revocationline (revocation_id, gift_id, kept)
SELECT %(revocation)s, g.id, false FROM campaigns_gift g
WHERE g.batch_id = %(batch)s AND g.state = 'live' AND (%(gifts)s::bigint[] IS NULL OR g.id = ANY(%(gifts)s::bigint[]))
ORDER BY g.id
