-- SHA-256 over the day and the gifts that a proposal names.
SELECT encode(sha256(convert_to(concat_ws(';', r.id, r.batch_id, r.from_day) || '|' || coalesce((
    SELECT string_agg(l.gift_id::text, ',' ORDER BY l.gift_id) FROM campaigns_revocationline l WHERE l.revocation_id = r.id
), ''), 'UTF8')), 'hex') AS digest
FROM campaigns_revocation r WHERE r.id = %(revocation)s
