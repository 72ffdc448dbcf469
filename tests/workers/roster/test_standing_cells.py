"""Columns about basic insurance and real-name check: read where they mean something, told where they do not."""

import datetime as dt

import pytest

from tests.workers.roster.conftest import OWN, TODAY
from tests.workers.roster.test_rules import HEADINGS
from unionbenefits.workers.enums import BasicInsurance
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import CLEAR, JudgeOptions, Verdict
from unionbenefits.workers.roster.judge import judge
from unionbenefits.workers.roster.read import read_workbook

EMPLOYEE, RESIDENT, NONE = BasicInsurance.EMPLOYEE, BasicInsurance.RESIDENT, BasicInsurance.NONE


@pytest.fixture
def read(judge_rows, person):
    """What one row says under the given headings, and the notices of its file."""

    def run(**cells):
        judged = judge_rows([[*person(1), *cells.values()]], [*HEADINGS, *cells])
        (row,) = judged.rows
        assert (row.verdict, row.codes) == (Verdict.ACCEPT, ())
        notices = [(w.params["names"], w.rows) for w in judged.warnings if w.code is Code.COLUMNS_NOT_TAKEN]
        return row.insurance, row.real_name_on, notices

    return run


@pytest.mark.parametrize(
    ("heading", "written", "insurance"),
    [
        ("基本医保", "职工医保", EMPLOYEE),
        ("参保险种", "城镇职工基本医疗保险", EMPLOYEE),
        ("医保类型（必填）", "职工", EMPLOYEE),
        ("参保类型", "居民医保", RESIDENT),
        ("*医保参保情况", "城乡居民基本医疗保险", RESIDENT),
        ("基本医疗保险", "新农合", RESIDENT),
        ("是否参加基本医保", "否", NONE),
        ("参保状态", "未参保", NONE),
        ("Basic insurance", "employee", EMPLOYEE),
        ("基本医保", "", None),
        ("基本医保", "无", None),
        ("基本医保", "清空", CLEAR),
    ],
)
def test_insurance_is_read_by_its_name(read, heading, written, insurance):
    assert read(**{heading: written}) == (insurance, None, [])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("是", TODAY),
        ("已实名", TODAY),
        ("√", TODAY),
        (True, TODAY),
        (1, TODAY),
        ("2025-03-01", dt.date(2025, 3, 1)),
        (dt.date(2025, 3, 1), dt.date(2025, 3, 1)),
        ("2025年3月1日", dt.date(2025, 3, 1)),
        ("否", None),
        ("未认证", None),
        ("", None),
        ("/", None),
    ],
)
@pytest.mark.parametrize("heading", ["实名认证", "是否粤工惠实名"])
def test_a_check_has_its_day_or_today(read, heading, written, day):
    assert read(**{heading: written}) == (None, day, [])


@pytest.mark.parametrize(
    ("heading", "written", "told"),
    [
        ("是否参保", "是", "“是”"),
        ("医保类型", "商业保险", "“商业保险”"),
        ("医保类型", "440699199003070013", "“…”"),
        ("实名认证", "待补", "“待补”"),
        ("实名认证日期", "2099-01-01", "“2099-01-01”"),
        ("实名认证日期", "2025-13-45", "“2025-13-45”"),
    ],
)
def test_what_means_nothing_is_told_with_its_line_and_holds_nobody(read, heading, written, told):
    assert read(**{heading: written}) == (None, None, [(f"{heading}（{told}）", (2,))])


def test_many_odd_words_are_told_shortly(judge_rows, person):
    words = ["甲", "乙", "甲", "丙", "丁"]
    rows = [[*person(1 + 2 * at), word] for at, word in enumerate(words)]
    judged = judge_rows(rows, [*HEADINGS, "参保类型"])
    (notice,) = (w for w in judged.warnings if w.code is Code.COLUMNS_NOT_TAKEN)
    assert notice.params["names"] == "参保类型（“甲”、“乙”、“丙”…）"
    assert notice.rows == (2, 3, 4, 5, 6)


def test_two_columns_that_say_it_in_different_words_agree(read):
    assert read(是否参保="是", 参保类型="职工医保") == (EMPLOYEE, None, [])
    assert read(是否实名="是", 实名认证日期="") == (None, TODAY, [])


def test_two_columns_that_contradict_each_other_are_held(judge_rows, person):
    judged = judge_rows([[*person(1), "职工医保", "居民医保"]], [*HEADINGS, "基本医保", "参保类型"])
    (row,) = judged.rows
    assert (row.verdict, row.codes) == (Verdict.HOLD, (Code.TWO_COLUMNS_DIFFER,))


def test_a_merged_cell_says_it_for_all_rows_it_covers(make_workbook, person):
    rows = [[*HEADINGS, "参保类型"], [*person(1), ""], [*person(3), ""]]
    data = make_workbook(rows, change=lambda _book, sheet: sheet.merge_range("L2:L3", "职工医保"))
    judged = judge(read_workbook(data), JudgeOptions(today=TODAY, **OWN))
    assert [row.insurance for row in judged.rows] == [EMPLOYEE, EMPLOYEE]
