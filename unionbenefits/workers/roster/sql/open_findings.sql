-- What the register makes of some of the rows; filled by COPY.
CREATE TEMP TABLE roster_finding (
    n integer PRIMARY KEY,
    verdict text NOT NULL,
    codes jsonb NOT NULL,
    cells bytea,
    worker_id bigint
) ON COMMIT DROP
