"""Tables for Excel and WPS: nothing becomes a formula, long numbers stay whole, who had it made stands on top."""

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, strategies as st

from unionbenefits.core.sheets import Column, Sheet, csv_text, safe, xlsx

NUMBER = "440699199003070010"
ROW = ["=1+1", NUMBER, Decimal("1977140.00"), 20812, dt.date(2026, 1, 31), None, "陈𬭎䶮"]
COLUMNS = [Column(heading) for heading in ("名称", "证件号码", "金额", "人数", "日期", "备注", "姓名")]


def sheet(*rows, mark="陈主任 2026-11-25"):
    return Sheet("名单[1]", COLUMNS, iter(rows), mark)


def cells(content):
    [page] = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return page.title, [list(row) for row in page.iter_rows()]


def test_a_workbook_types_its_cells_and_begins_with_the_mark():
    title, rows = cells(xlsx([sheet(ROW)]))
    assert title == "名单 1 "
    assert rows[0][0].value == "陈主任 2026-11-25"
    assert [cell.value for cell in rows[1]] == [column.heading for column in COLUMNS]
    assert [cell.data_type for cell in rows[2]] == ["s", "s", "n", "n", "d", "n", "s"]
    assert [cell.value for cell in rows[2]] == [
        "=1+1", NUMBER, 1977140, 20812, dt.datetime(2026, 1, 31), None, "陈𬭎䶮",
    ]  # fmt: skip
    assert rows[2][2].number_format == "#,##0.00"
    assert rows[2][1].number_format == "@"


def test_a_csv_begins_with_the_byte_order_mark_and_holds_no_formula():
    content = csv_text(sheet(ROW))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[2] == ["'=1+1", NUMBER + "\t", "1977140.00", "20812", "2026-01-31", "", "陈𬭎䶮"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "＝1", "－1"])
def test_what_looks_like_a_formula_is_text(text):
    assert safe(text) == "'" + text


@pytest.mark.parametrize("text", ["李风", "13800138000", "A-1", "1+1", ""])
def test_ordinary_text_stays_as_it_is(text):
    assert safe(text) == text


@given(st.text(max_size=30))
def test_no_text_starts_a_formula(text):
    assert not safe(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_rows_of_any_number_are_written_one_by_one():
    _title, rows = cells(xlsx([sheet(*([str(at), NUMBER] for at in range(3000)))]))
    assert len(rows) == 3002
    assert rows[-1][0].value == "2999"
