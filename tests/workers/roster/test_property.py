"""Whatever stands in a table: the judge answers, loses no row, and accepts nothing without a valid document."""

import contextlib
import datetime as dt
import io

import xlsxwriter
from hypothesis import given, settings, strategies as st

from unionbenefits.workers.documents import check_character, read_document, tidy_number
from unionbenefits.workers.names import clean_name, name_key
from unionbenefits.workers.phones import normalise_phone
from unionbenefits.workers.roster.codes import RosterRefused, Severity
from unionbenefits.workers.roster.dates import read_date
from unionbenefits.workers.roster.facts import JudgeOptions, Sheet, Verdict, Workbook
from unionbenefits.workers.roster.judge import judge
from unionbenefits.workers.roster.mapping import map_rows
from unionbenefits.workers.roster.normalise import fold_value, read_credit_code, read_occupation, text_of
from unionbenefits.workers.roster.read import read_workbook
from unionbenefits.workers.text import strip_forcing, strip_noise

TODAY = dt.date(2026, 1, 1)
OPTIONS = JudgeOptions(today=TODAY, own_code="91440000XX00000191", own_name="海燕速运(测试)有限公司")
HEAD = [
    "姓名",
    "证件类型",
    "证件号码",
    "手机号码",
    "性别",
    "出生日期",
    "所属企业",
    "统一社会信用代码",
    "工种",
    "入会日期",
    "备注",
]

characters = st.characters() | st.sampled_from(
    "张测·•.。-?？*<>{}()（）0123456789XxⅩХ×'‘=\"，,年月日/\ue863\U00020087\x00\r\n\u200b"
)
texts = st.text(characters, max_size=24)
PLAIN = (
    "张测甲 440699199003070010 44069919880229004X 19900000001 居民身份证 护照 女 1990-03-07 清空 无 =A1 合计"
)
HARD = "H12345678 91440000XX0000027U 2025年3月 03/04/2025 #N/A 4.4E+17"
meant = st.sampled_from([*PLAIN.split(), *HARD.split(), *HEAD])
cells = st.one_of(
    meant,
    texts,
    st.none(),
    st.just(""),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
tables = st.lists(st.lists(cells, max_size=13), max_size=12)


def small_book():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, ["张测甲", "居民身份证", "440699199003070010"])
    return out.getvalue()


SMALL_BOOK = small_book()


def workbook_of(table, delimited=False):
    rows = [(number, list(row)) for number, row in enumerate(table, 1)]
    sheet = Sheet("名册", lambda: ((number, list(row)) for number, row in rows), delimited=delimited)
    return Workbook("xlsx", (sheet,))


def judged(workbook):
    """The judgement, or None where the file is refused; any other exception is a failure."""
    try:
        return judge(workbook, OPTIONS)
    except RosterRefused:
        return None


@settings(max_examples=300, deadline=None)
@given(tables, st.booleans())
def test_any_table_under_the_usual_heading_is_judged_row_by_row(table, delimited):
    workbook = workbook_of([HEAD, *table], delimited)
    judgement = judged(workbook)
    if judgement is None:
        return
    counts = judgement.counts()
    assert counts["rows"] == counts["accept"] + counts["hold"] + counts["reject"]
    header = judgement.sheets[0].mapping.header_row
    told = {row.row for row in judgement.rows} | {skipped.row for skipped in judgement.skipped}
    assert told == set(range(header + 1, len(table) + 2))
    for row in judgement.rows:
        severities = {code.severity for code in row.codes}
        assert severities <= {Severity.REJECT, Severity.HOLD, Severity.NOTICE}
        if row.verdict is Verdict.ACCEPT:
            assert severities <= {Severity.NOTICE}
            assert row.name
            assert read_document(row.number, row.kind, TODAY).problem is None
        assert all(isinstance(finding.text(), str) for finding in row.findings)


@settings(max_examples=200, deadline=None)
@given(tables)
def test_any_table_at_all_is_judged_or_refused(table):
    judged(workbook_of(table))


@settings(max_examples=200, deadline=None)
@given(tables)
def test_the_same_table_always_gets_the_same_answer(table):
    workbook = workbook_of([HEAD, ["张测甲", "居民身份证", "440699199003070010"], *table])
    first, second = judge(workbook, OPTIONS), judge(workbook, OPTIONS)
    assert repr(first) == repr(second)


@settings(max_examples=300, deadline=None)
@given(texts | meant)
def test_normalising_twice_changes_nothing(text):
    for once in (
        strip_noise,
        lambda value: tidy_number(value).number,
        lambda value: clean_name(value).name,
        name_key,
        fold_value,
        lambda value: normalise_phone(value) or value,
        lambda value: read_credit_code(value).code or value,
        lambda value: read_occupation(value)[1],
    ):
        assert once(once(text)) == once(text)


@settings(max_examples=300, deadline=None)
@given(cells)
def test_every_cell_is_a_text_and_a_date_or_a_reason(cell):
    assert isinstance(text_of(cell), str)
    read = read_date(cell)
    assert (read.day is None) == (read.problem is not None)


@settings(max_examples=200, deadline=None)
@given(st.dates(dt.date(1950, 1, 1), TODAY), st.sampled_from(["-", "/", ".", "年"]))
def test_every_usual_way_to_write_a_day_is_that_day(day, mark):
    written = (
        f"{day.year}{mark}{day.month}{'月' if mark == '年' else mark}{day.day}{'日' if mark == '年' else ''}"
    )
    forms = (
        written,
        day.isoformat(),
        f"{day:%Y%m%d}",
        day,
        dt.datetime.combine(day, dt.time(23, 59)),
        f"{day}T00:00:00+08:00",
    )
    assert {read_date(form).day for form in forms} == {day}
    assert read_date(float((day - dt.date(1899, 12, 30)).days)).day == day
    assert read_date(float((day - dt.date(1904, 1, 1)).days), True).day == day


@settings(max_examples=200, deadline=None)
@given(tables)
def test_mapping_never_feeds_a_column_twice(table):
    mapping = map_rows([(number, list(row)) for number, row in enumerate(table, 1)])
    if mapping is not None:
        used = [index for indexes in mapping.columns.values() for index in indexes]
        assert len(used) == len(set(used))


@settings(deadline=None)
@given(texts)
def test_stripping_of_forcing_marks_only_takes_from_the_ends(text):
    bare, taken = strip_forcing(text)
    assert bare in text
    assert taken == "" or bare != text


remarks = st.lists(st.text("夜班\"'；;、/ ", max_size=8), min_size=1, max_size=25)


@settings(max_examples=200, deadline=None)
@given(remarks, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_no_remark_in_a_text_file_ever_swallows_a_person(remarks, end, encoding):
    """Quotation marks as clerks type them, closed or not: every number comes out on a row of its own."""
    numbers = [eighteen(order) for order in range(len(remarks))]
    lines = [f"张测,{number},{remark}" for number, remark in zip(numbers, remarks, strict=True)]
    data = end.join(["姓名,证件号码,备注", *lines]).encode(encoding)
    assert [row.number for row in judge(read_workbook(data), OPTIONS).rows] == numbers


def eighteen(order):
    first17 = f"44069919900307{order:03d}"
    return first17 + check_character(first17)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"<html><table>",
            b"<?xml version='1.0'?>",
            b"\xff\xfe",
            "姓名,证件号码\n".encode(),
        ]
    ),
)
def test_any_bytes_at_all_are_read_or_refused(data, start):
    with contextlib.suppress(RosterRefused):  # and nothing else
        for sheet in read_workbook(start + data).sheets:
            list(sheet.rows())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.binary(min_size=1, max_size=3)), min_size=1, max_size=4))
def test_any_damage_to_a_workbook_is_read_or_refused(damages):
    data = bytearray(SMALL_BOOK)
    for place, bytes_ in damages:
        at = place * len(data) // 401
        data[at : at + len(bytes_)] = bytes_
    with contextlib.suppress(RosterRefused):  # and nothing else
        judge(read_workbook(bytes(data)), OPTIONS)
