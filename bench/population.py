"""A register of any size for the benches: workers, documents, memberships and years of coverage, made in minutes.

Rows are made the way years of use leave them: a worker's coverages lie far apart in the table. Digests are real, so
that sign-in and search work; sealed columns hold real ciphertexts.
"""

import datetime as dt
import sys
import time

from unionbenefits.core.crypto.keyring import keyring

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志辉文斌宇浩然子涵梓轩"
FIRST_BIRTH = dt.date(1966, 1, 1).toordinal()


def number_of(index: int) -> str:
    """The resident number of worker `index` (area 440699 does not exist); distinct up to 16,400,000."""
    birth = dt.date.fromordinal(FIRST_BIRTH + index % 14_600)
    body = f"440699{birth:%Y%m%d}{index // 14_600:03d}"
    return body + "10X98765432"[int(body, 13) * 2 % 11]


def name_of(index: int) -> str:
    """A plain invented name, which tells nothing of the enterprise: that one goes by the index as well."""
    mixed = index * 2_654_435_761 % 2**32 // 7
    rest, given = mixed // len(SURNAMES), len(GIVEN)
    return SURNAMES[mixed % len(SURNAMES)] + GIVEN[rest % given] + GIVEN[rest // given % given]


def phone_of(index: int) -> str:
    """A mobile number in an unused block."""
    return f"199{index:08d}"


def build(connection, workers: int, years: int, *, papers: bool = False) -> None:
    """Fills the register with `workers` people and `years` coverages each (one a year, this year's still running).

    With `papers`, also the rosters, batches and gifts that brought them.
    """
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM workers_worker), (SELECT count(*) FROM campaigns_gift)")
        people, gifts = cursor.fetchone()
        if people == workers and (gifts or not papers):
            return
        # No history of made-up people, no key checks.
        cursor.execute("SET session_replication_role = replica")
        if people != workers:
            cursor.execute("TRUNCATE unions_union, plans_plan CASCADE")
            _frame(cursor)
            _people(cursor, workers)
            _coverages(cursor, workers, years)
        if papers:
            _papers(cursor)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
    print(
        f"made {workers:,} workers and {workers * years:,} coverages in {time.perf_counter() - started:.0f} s",
        file=sys.stderr,
    )


def _frame(cursor) -> None:
    """A province with ten districts, 350 enterprises, one plan."""
    cursor.execute(
        """
        INSERT INTO unions_union (id, path, depth, numchild, name, kind, area_code, is_test)
        SELECT 1, '0001', 1, 10, '广东省总工会', 'province', '440000', false
        UNION ALL SELECT 10 + d, '0001' || lpad(d::text, 4, '0'), 2, 0, '区总工会' || d, 'county', '', false FROM generate_series(1, 10) d;
        INSERT INTO enterprises_enterprise (id, name, credit_code, kind, is_head, union_id)
        SELECT e, '示例企业' || e, '91440000XX' || lpad(e::text, 8, '0'), 'platform', false, 11 + e % 10 FROM generate_series(1, 350) e;
        INSERT INTO plans_plan (id, code, name, popular_name) VALUES (1, 'hospital', '住院医疗综合互助保障计划', '工会二次医保');
        INSERT INTO plans_planversion (id, plan_id, number, valid_from, fee, rates, deductible, waiting_days, straddle, episode_gap_days,
               filing_deadline_days, required_papers, promised_days, accepted_insurance, age_floor, below_retirement_age, minimum_share, everyone_below)
        VALUES (1, 1, 1, '2016-01-01', 95, '{0.80,0.70}', 0, 30, 'admission_date', 1, 730, '{statement,invoice,discharge}', 20, '{}', 16, true, 0.80, 50);
        """
    )


def _people(cursor, workers: int) -> None:
    ring = keyring()
    raw = cursor.cursor.cursor if hasattr(cursor.cursor, "cursor") else cursor.cursor
    seal_number = "workers.identitydocument.number"
    with raw.copy(
        "COPY workers_worker (id, name, name_key, sex, birth_date, phone, phone_digest, created_at) FROM STDIN"
    ) as copy:
        for start in range(0, workers, 50_000):
            block = range(start, min(start + 50_000, workers))
            phones = [phone_of(i) for i in block]
            sealed = ring.seal_many(phones, "workers.worker.phone")
            for i, phone, cipher in zip(block, phones, sealed, strict=True):
                birth = dt.date.fromordinal(FIRST_BIRTH + i % 14_600)
                copy.write_row(
                    (
                        i + 1,
                        name_of(i),
                        name_of(i),
                        "male",
                        birth,
                        cipher,
                        ring.digest(phone, "phone"),
                        "2020-01-01 00:00+08",
                    )
                )
    with raw.copy(
        "COPY workers_identitydocument (id, worker_id, kind, issuer, number, number_digest) FROM STDIN"
    ) as copy:
        for start in range(0, workers, 50_000):
            block = range(start, min(start + 50_000, workers))
            numbers = [number_of(i) for i in block]
            for i, number, cipher in zip(block, numbers, ring.seal_many(numbers, seal_number), strict=True):
                copy.write_row(
                    (i + 1, i + 1, "resident_id", "", cipher, ring.digest(number, "document.number"))
                )
    cursor.execute(
        """
        INSERT INTO workers_membership (worker_id, enterprise_id, occupation, occupation_as_given, work_relation, note, joined_on)
        SELECT w, 1 + w %% 350, 'rider', '外卖配送员', '', '', '2020-01-01' FROM generate_series(1, %s) w
        """,
        [workers],
    )


def _coverages(cursor, workers: int, years: int) -> None:
    """Loads without the exclusion index and builds it afterwards, as a restore would."""
    cursor.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'coverage_one_live_per_plan_and_day'"
    )
    definition = cursor.fetchone()[0]
    cursor.execute("ALTER TABLE plans_coverage DROP CONSTRAINT coverage_one_live_per_plan_and_day")
    this_year = dt.date.today().year
    for year in range(this_year - years + 1, this_year + 1):
        cursor.execute(
            """
            INSERT INTO plans_coverage (worker_id, plan_id, plan_version_id, given_by_id, certificate_no, period, live_period,
                   first_enrolment, status, issued_at)
            SELECT w, 1, 1, 1, 'B' || %(year)s || lpad(w::text, 9, '0'), span, span, %(year)s = %(first)s, 'active', now()
            FROM (SELECT w, daterange(make_date(%(year)s, 1, 1), make_date(%(year)s + 1, 1, 1)) AS span
                  FROM generate_series(1, %(workers)s) w ORDER BY hashint8(w + %(year)s)) people
            """,
            {"year": year, "first": this_year - years + 1, "workers": workers},
        )
    cursor.execute(
        f"ALTER TABLE plans_coverage ADD CONSTRAINT coverage_one_live_per_plan_and_day {definition}"
    )


def _papers(cursor) -> None:
    """What brought the people and gave this year's cover: a roster and a batch per enterprise, each with its lines."""
    from unionbenefits.accounts.models import User

    by, other = (
        User.objects.get_or_create(username=f"bench-{name}")[0].pk for name in ("preparer", "approver")
    )
    cursor.execute(
        """
        TRUNCATE workers_roster, workers_rosterrow, campaigns_campaign CASCADE;
        INSERT INTO workers_roster (id, enterprise_id, mode, as_clerk, state, file_name, file_sha256, file_format, encoding, sheets, notices,
               mapping, refusal, refusal_details, rows_total, rows_judged, counts, verdict_digest, uploaded_by_id, uploaded_at, confirmed_by_id, applied_at)
        SELECT e.id, e.id, 'additions', false, 'applied', '名册' || e.id || '.xlsx', md5(e.id::text), 'xlsx', '', '[]', '[]',
               '{}', '', '{}', m.people, m.people, jsonb_build_object('accept', m.people), '', %(by)s, now(), %(by)s, now()
        FROM enterprises_enterprise e JOIN (SELECT enterprise_id, count(*) AS people FROM workers_membership GROUP BY 1) m ON m.enterprise_id = e.id;
        INSERT INTO workers_rosterrow (roster_id, sheet, row, verdict, action, codes, name, name_key, document_kind, issuer, number, number_digest,
               phone, phone_digest, sex, birth_date, occupation, occupation_as_given, work_relation, note, cleared, enterprise_id, worker_id)
        SELECT m.enterprise_id, '名册', row_number() OVER (PARTITION BY m.enterprise_id ORDER BY m.worker_id), 'accept', 'new', '[]', w.name, w.name_key,
               d.kind, d.issuer, d.number, d.number_digest, w.phone, w.phone_digest, w.sex, w.birth_date, m.occupation, '', '', '', '{}', m.enterprise_id, w.id
        FROM workers_membership m JOIN workers_worker w ON w.id = m.worker_id JOIN workers_identitydocument d ON d.worker_id = w.id
        ORDER BY m.enterprise_id, m.worker_id;
        INSERT INTO campaigns_campaign (id, code, name, kind, unit_cost, opens_on, closes_on, cover_starts_on, cover_ends_on, occupations, state, owner_id, plan_version_id)
        SELECT 1, 'bench', '今年的赠送', 'coverage', 95, make_date(y, 1, 1), make_date(y, 12, 31), make_date(y, 1, 1), make_date(y, 12, 31), '[]', 'open', 1, 1
        FROM (SELECT extract(year FROM now())::int AS y) AS this;
        INSERT INTO campaigns_allotment (id, campaign_id, enterprise_id, copies) SELECT id, 1, enterprise_id, rows_total FROM workers_roster;
        INSERT INTO campaigns_giftbatch (id, campaign_id, allotment_id, roster_id, state, copies, left_out, amount, digest, approved_digest, prepared_by_id,
               prepared_at, approved_by_id, approved_at, issued_by_id, issued_at, return_reason)
        SELECT id, 1, id, id, 'issued', rows_total, 0, 95 * rows_total, 'x', 'x', %(by)s, now(), %(other)s, now(), %(other)s, now(), '' FROM workers_roster;
        INSERT INTO campaigns_gift (campaign_id, batch_id, worker_id, enterprise_id, occupation, state, reason, coverage_id)
        SELECT 1, m.enterprise_id, m.worker_id, m.enterprise_id, m.occupation, 'live', '', c.id
        FROM workers_membership m JOIN plans_coverage c ON c.worker_id = m.worker_id AND c.live_period @> current_date
        ORDER BY m.enterprise_id, m.worker_id
        """,
        {"by": by, "other": other},
    )
