-- One row per paying office: what went to the bank on the day, what the bank answered, what the ledger says of the same.
-- Times are instants (from %%(start)s until before %%(after)s), days of submission calendar days in Shanghai.
WITH office AS (
    SELECT unnest(%(offices)s::bigint[]) AS id
), line AS (
    SELECT f.office_id AS office, l.outcome, p.amount, p.paid_on IS NOT NULL AS had_arrived
    FROM claims_resultline l
    JOIN claims_resultfile f ON f.id = l.file_id
    LEFT JOIN claims_payment p ON p.id = l.payment_id
    WHERE f.read_at >= %(start)s AND f.read_at < %(after)s AND f.office_id = ANY (%(offices)s)
), later AS (
    -- The bank's first answer since the day began.
    SELECT l.payment_id, min(f.read_at) AS at
    FROM claims_resultline l JOIN claims_resultfile f ON f.id = l.file_id
    WHERE l.outcome IN ('paid', 'failed', 'returned') AND f.read_at >= %(start)s AND f.office_id = ANY (%(offices)s)
    GROUP BY l.payment_id
), sent AS (
    -- Without an answer when the day began: still so today, or answered since and not before.
    SELECT b.office_id AS office, p.amount, p.submitted_on, later.at
    FROM claims_payment p
    JOIN claims_paymentbatch b ON b.id = p.batch_id
    LEFT JOIN later ON later.payment_id = p.id
    WHERE p.submitted_on <= %(day)s AND b.office_id = ANY (%(offices)s) AND (
        p.state IN ('submitted', 'unknown')
        OR later.at IS NOT NULL AND NOT EXISTS (
            SELECT FROM claims_resultline l JOIN claims_resultfile f ON f.id = l.file_id
            WHERE l.payment_id = p.id AND l.outcome IN ('paid', 'failed', 'returned') AND f.read_at < %(start)s
        )
    )
), lines AS (
    SELECT office,
        count(*) FILTER (WHERE outcome = 'paid') AS paid, sum(amount) FILTER (WHERE outcome = 'paid') AS paid_sum,
        count(*) FILTER (WHERE outcome = 'failed') AS failed, sum(amount) FILTER (WHERE outcome = 'failed') AS failed_sum,
        count(*) FILTER (WHERE outcome = 'returned') AS returned, sum(amount) FILTER (WHERE outcome = 'returned') AS returned_sum,
        count(*) FILTER (WHERE outcome = 'returned' AND had_arrived) AS came_back,
        sum(amount) FILTER (WHERE outcome = 'returned' AND had_arrived) AS came_back_sum,
        count(*) FILTER (WHERE outcome = 'error') AS errors
    FROM line GROUP BY office
), standing AS (
    SELECT office,
        count(*) FILTER (WHERE submitted_on < %(day)s) AS opening, sum(amount) FILTER (WHERE submitted_on < %(day)s) AS opening_sum,
        count(*) FILTER (WHERE at IS NULL OR at >= %(after)s) AS closing, sum(amount) FILTER (WHERE at IS NULL OR at >= %(after)s) AS closing_sum
    FROM sent GROUP BY office
), submitted AS (
    SELECT b.office_id AS office, count(*) AS submitted, sum(p.amount) AS submitted_sum
    FROM claims_payment p JOIN claims_paymentbatch b ON b.id = p.batch_id
    WHERE p.submitted_on = %(day)s AND b.office_id = ANY (%(offices)s)
    GROUP BY b.office_id
), unknown AS (
    SELECT b.office_id AS office, count(DISTINCT e.pgh_obj_id) AS unknown
    FROM claims_paymentevent e
    JOIN claims_payment p ON p.id = e.pgh_obj_id
    JOIN claims_paymentbatch b ON b.id = p.batch_id
    WHERE e.state = 'unknown' AND e.pgh_created_at >= %(start)s AND e.pgh_created_at < %(after)s AND b.office_id = ANY (%(offices)s)
    GROUP BY b.office_id
), entry AS (
    SELECT coalesce(said.office, went.office) AS office, e.kind, e.amount
    FROM funds_entry e
    JOIN claims_obligationentry oe ON oe.entry_id = e.id
    -- The office is that of the bank's answer which the entry follows, else that of the last attempt.
    LEFT JOIN LATERAL (
        SELECT f.office_id AS office
        FROM claims_resultline l
        JOIN claims_resultfile f ON f.id = l.file_id
        JOIN claims_payment p ON p.id = l.payment_id
        WHERE p.obligation_id = oe.obligation_id AND l.outcome IN ('paid', 'returned') AND f.read_at <= e.made_at
        ORDER BY l.id DESC LIMIT 1
    ) said ON true
    LEFT JOIN LATERAL (
        SELECT b.office_id AS office
        FROM claims_payment p JOIN claims_paymentbatch b ON b.id = p.batch_id
        WHERE p.obligation_id = oe.obligation_id ORDER BY p.id DESC LIMIT 1
    ) went ON true
    WHERE e.kind IN ('capture', 'reversal') AND e.made_at >= %(start)s AND e.made_at < %(after)s
), ledger AS (
    SELECT office, count(*) AS entries,
        sum(amount) FILTER (WHERE kind = 'capture') AS used_sum, sum(amount) FILTER (WHERE kind = 'reversal') AS given_back_sum
    FROM entry GROUP BY office
), refund AS (
    SELECT paid.office, count(*) AS refunds, sum(r.amount) AS refunds_sum
    FROM claims_refund r
    JOIN LATERAL (
        SELECT f.office_id AS office
        FROM claims_resultline l
        JOIN claims_resultfile f ON f.id = l.file_id
        JOIN claims_payment p ON p.id = l.payment_id
        WHERE p.obligation_id = r.obligation_id AND l.outcome = 'paid' AND f.read_at <= r.made_at
        ORDER BY l.id DESC LIMIT 1
    ) paid ON true
    WHERE r.made_at >= %(start)s AND r.made_at < %(after)s
    GROUP BY paid.office
)
SELECT office.id AS office,
    coalesce(opening, 0) AS opening, coalesce(opening_sum, 0) AS opening_sum,
    coalesce(submitted, 0) AS submitted, coalesce(submitted_sum, 0) AS submitted_sum,
    coalesce(closing, 0) AS closing, coalesce(closing_sum, 0) AS closing_sum,
    coalesce(paid, 0) AS paid, coalesce(paid_sum, 0) AS paid_sum,
    coalesce(failed, 0) AS failed, coalesce(failed_sum, 0) AS failed_sum,
    coalesce(returned, 0) AS returned, coalesce(returned_sum, 0) AS returned_sum,
    coalesce(came_back, 0) AS came_back, coalesce(came_back_sum, 0) AS came_back_sum,
    coalesce(errors, 0) AS errors, coalesce(unknown, 0) AS unknown,
    coalesce(refunds, 0) AS refunds, coalesce(refunds_sum, 0) AS refunds_sum,
    coalesce(entries, 0) AS entries, coalesce(used_sum, 0) AS used_sum, coalesce(given_back_sum, 0) AS given_back_sum
FROM office
LEFT JOIN lines ON lines.office = office.id
LEFT JOIN standing ON standing.office = office.id
LEFT JOIN submitted ON submitted.office = office.id
LEFT JOIN unknown ON unknown.office = office.id
LEFT JOIN ledger ON ledger.office = office.id
LEFT JOIN refund ON refund.office = office.id
ORDER BY office.id
