-- SHA-256 over what an approver signs: the batch's terms, the campaign's rules and every line that gets or does not get
-- the gift. Of one batch, or with `batch` NULL of all that wait for approval or issue. A rule that asks nothing adds
-- nothing.
SELECT b.id, b.digest AS stored, encode(sha256(convert_to(
    concat_ws(';', b.id, b.campaign_id, b.allotment_id, c.unit_cost, c.plan_version_id, c.cover_starts_on,
        c.cover_ends_on,
        'occupations=' || nullif(c.occupations::text, '[]'),
        'areas=' || nullif(array_to_string(c.areas, ','), ''),
        CASE WHEN c.real_name_required THEN 'real_name' END,
        CASE WHEN c.insurance_required THEN 'insurance' END,
        'gifted_before=' || nullif(c.gifted_before, 'allowed'),
        'gifted_since=' || c.gifted_since,
        CASE WHEN c.minimum_share_required THEN 'minimum_share' END,
        'start=' || nullif(c.start_rule, 'common_date'),
        'second_above=' || c.second_approval_above)
    || '|' || coalesce((
        SELECT string_agg(
            concat_ws(':', g.worker_id, g.enterprise_id, g.occupation, g.state, g.reason, g.cover_from),
            ',' ORDER BY g.worker_id
        ) FROM campaigns_gift g WHERE g.batch_id = b.id
    ), ''), 'UTF8')), 'hex') AS digest
FROM campaigns_giftbatch b JOIN campaigns_campaign c ON c.id = b.campaign_id
WHERE b.id = %(batch)s OR (%(batch)s::bigint IS NULL AND b.state IN ('put_forward', 'approved'))
