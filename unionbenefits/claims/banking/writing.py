"""The batch file for the bank: long numbers as text, amounts with two places, nothing becomes a formula."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

from unionbenefits.claims.banking.layouts import FileFormat, Layout, Out
from unionbenefits.claims.banking.wording import ResultFileRefused

# Banks refuse these in names and purposes; a spreadsheet runs the first four (domain.md §7).
_UNWANTED = re.compile(r"[=+\-@&#\t\r\n]")


@dataclass(frozen=True, slots=True)
class PayLine:
    """One payment for the file: our number, the account as text, the name as the bank knows it, 元."""

    order: str
    account: str
    name: str
    bank: str
    amount: Decimal


def batch_file(lines: Sequence[PayLine], layout: Layout) -> bytes:
    """The file in the bank's form. Raises ResultFileRefused `batch_too_long` or `bank_account_missing`."""
    if len(lines) > layout.line_limit:
        raise ResultFileRefused("batch_too_long", limit=layout.line_limit)
    for line in lines:
        if not line.account:
            raise ResultFileRefused("bank_account_missing", order=line.order)
    head, *rows = table(lines, layout)
    if layout.format is FileFormat.CSV:
        return _csv([head, *rows], layout.encoding)
    return _xlsx(head, rows)


def table(lines: Sequence[PayLine], layout: Layout) -> list[list[str]]:
    """Heading and rows as the file holds them, all of it text."""
    head = [heading for _column, heading in layout.out_columns]
    rows = [
        [_text(out, line, at, layout) for out, _heading in layout.out_columns]
        for at, line in enumerate(lines, 1)
    ]
    return [head, *rows]


def control(lines: Iterable[PayLine]) -> tuple[int, Decimal]:
    """Count and sum, which the bank and the checker compare."""
    amounts = [line.amount for line in lines]
    return len(amounts), sum(amounts, Decimal("0.00"))


def _text(column: Out, line: PayLine, serial: int, layout: Layout) -> str:
    values = {
        Out.SERIAL: str(serial),
        Out.ACCOUNT: line.account,
        Out.NAME: _plain(line.name),
        Out.BANK: _plain(line.bank),
        Out.AMOUNT: f"{line.amount:.2f}",
        Out.PURPOSE: _plain(layout.purpose),
        Out.ORDER: line.order,
    }
    return values[column]


def _plain(text: str) -> str:
    return _UNWANTED.sub(" ", text).strip()


def _csv(rows: list[list[str]], encoding: str) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\r\n").writerows(rows)
    return made.getvalue().encode(encoding)


def _xlsx(head: list[str], rows: list[list[str]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        # The same lines give the same bytes whenever they are asked for: the log keeps their digest.
        book.set_properties({"created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)})
        text = book.add_format({"num_format": "@"})
        page = book.add_worksheet("Sheet1")
        page.set_column(0, len(head) - 1, 22, text)
        for at, heading in enumerate(head):
            page.write_string(0, at, heading)
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                page.write_string(number, at, value, text)
    return made.getvalue()
