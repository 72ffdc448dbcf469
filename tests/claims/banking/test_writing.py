"""The file for the bank."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from unionbenefits.claims.banking.layouts import FileFormat, Layout, Out
from unionbenefits.claims.banking.wording import ResultFileRefused
from unionbenefits.claims.banking.writing import PayLine, batch_file, control

LINES = [
    PayLine("PB1-1", "6222020200112233445", "阿测·买测", "中国银行", Decimal("200.00")),
    PayLine("PB1-2", "0012345678901234", "=HYPERLINK(1)", "工行&南海", Decimal("0.10")),
]


def test_long_numbers_and_amounts_are_text_in_the_workbook():
    book = openpyxl.load_workbook(io.BytesIO(batch_file(LINES, Layout())))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == ["序号", "收款账号", "收款户名", "开户行", "金额", "用途", "业务编号"]
    assert rows[1] == ["1", "6222020200112233445", "阿测·买测", "中国银行", "200.00", "互助金", "PB1-1"]
    assert rows[2][1:5] == ["0012345678901234", "HYPERLINK(1)", "工行 南海", "0.10"]
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}


def test_a_bank_may_want_other_columns_and_an_old_encoding():
    layout = Layout(
        format=FileFormat.CSV, encoding="gb18030", out_columns=((Out.NAME, "户名"), (Out.AMOUNT, "交易金额"))
    )
    text = batch_file([*LINES[:1], PayLine("3", "1", "李𬭎", "", Decimal("3.00"))], layout).decode("gb18030")
    assert list(csv.reader(io.StringIO(text))) == [
        ["户名", "交易金额"],
        ["阿测·买测", "200.00"],
        ["李𬭎", "3.00"],
    ]


def test_control_count_and_sum():
    assert control(LINES) == (2, Decimal("200.10"))


@pytest.mark.parametrize(
    ("lines", "layout", "code"),
    [
        (LINES, Layout(line_limit=1), "batch_too_long"),
        ([PayLine("1", "", "甲", "", Decimal("1.00"))], Layout(), "bank_account_missing"),
    ],
)
def test_what_the_bank_would_refuse_is_refused_before(lines, layout, code):
    with pytest.raises(ResultFileRefused) as refused:
        batch_file(lines, layout)
    assert refused.value.code == code
