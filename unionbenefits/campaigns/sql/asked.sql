-- The workers who are judged: the beginning of every statement about who gets a gift.
--
-- With a roster the workers of its accepted rows; otherwise the unit's current members (`only` narrows, later on). Where
-- many are judged part by part, `part` are the workers of this part, found by `asked_ids` before; NULL asks for all.
WITH asked AS (
    SELECT unnest(%(part)s::bigint[]) AS worker_id
    UNION
    SELECT coalesce(r.worker_id, d.worker_id) AS worker_id
    FROM workers_rosterrow r
    LEFT JOIN workers_identitydocument d
        ON d.number_digest = r.number_digest AND d.kind = r.document_kind AND d.issuer = r.issuer
        AND d.retired_at IS NULL
    WHERE NOT %(in_parts)s AND r.roster_id = %(roster)s AND r.verdict = 'accept'
    UNION
    SELECT m.worker_id FROM workers_membership m
    WHERE NOT %(in_parts)s AND %(roster)s::bigint IS NULL AND m.enterprise_id = ANY(%(enterprises)s::bigint[])
        AND (%(only)s::bigint[] IS NOT NULL OR m.left_on IS NULL OR m.left_on >= %(today)s)
)
