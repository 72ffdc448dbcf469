-- The working table of one roster: filled by COPY when judging, from the judged rows when applying.
-- Temporary: not logged, seen by this connection only, gone with the transaction.
DROP TABLE IF EXISTS roster_stage, roster_twice, roster_match, roster_clash, roster_finding;
CREATE TEMP TABLE roster_stage (
    n integer NOT NULL,
    sheet text NOT NULL,
    "row" integer NOT NULL,
    verdict text NOT NULL,
    action text NOT NULL,
    codes jsonb NOT NULL,
    cells bytea,
    enterprise_id bigint,
    worker_then bigint,
    name text NOT NULL,
    name_key text NOT NULL,
    document_kind text NOT NULL,
    issuer text NOT NULL,
    number bytea,
    number_digest bytea,
    phone bytea,
    phone_digest bytea,
    sex text NOT NULL,
    birth_date date,
    occupation text NOT NULL,
    occupation_as_given text NOT NULL,
    work_relation text NOT NULL,
    joined_on date,
    note text NOT NULL,
    cleared text[] NOT NULL,
    basic_insurance text NOT NULL,
    real_name_checked_on date
) ON COMMIT DROP
