"""Tables as files that Excel and WPS open as they were meant: text stays text, nothing becomes a formula.

Both writers take rows one by one, so a table of any length needs little memory.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
Value = str | int | Decimal | dt.date | dt.datetime | None
_LONGEST: Final = 32_767
"""Characters that a cell holds."""
_LOOKS_LIKE_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
# From 12 digits on a spreadsheet shows a power of ten, and from 16 on it loses digits.
_LONG_NUMBER = re.compile(r"^\d{12,}[Xx]?$")


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and the width of its column in characters."""

    heading: str
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. `mark` is the watermark row above the headings: who had it made, when and why."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    mark: str = ""


def xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook. Text and numbers are typed, so `=1+1` stays text; amounts get two places."""
    made = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#E8EFEC", "bottom": 1}),
            "mark": book.add_format({"italic": True, "font_color": "#7A7A7A"}),
            "text": book.add_format({"num_format": "@"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for sheet in sheets:
            _fill(book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", sheet.name)[:31]), sheet, formats)
    return made.getvalue()


def _fill(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    """Row by row from the top, as constant memory asks."""
    top = 0
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
    if sheet.mark:
        page.write_string(0, 0, sheet.mark, formats["mark"])
        top = 1
    for at, column in enumerate(sheet.columns):
        page.write_string(top, at, column.heading, formats["head"])
    page.freeze_panes(top + 1, 0)
    for line, row in enumerate(sheet.rows, start=top + 1):
        for at, value in enumerate(row):
            _write(page, line, at, value, formats)


def _write(page: Any, line: int, at: int, value: Value, formats: dict[str, Any]) -> None:
    if isinstance(value, Decimal):
        page.write_number(line, at, value, formats["money"])
    elif isinstance(value, int):
        page.write_number(line, at, value)
    elif isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        page.write_datetime(line, at, dt.datetime.combine(day, dt.time()), formats["day"])
    elif value:
        page.write_string(line, at, value[:_LONGEST], formats["text"])


def csv_text(sheet: Sheet) -> bytes:
    """The table as CSV in UTF-8 with a byte order mark, which Excel needs to read Chinese."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    if sheet.mark:
        writer.writerow([safe(sheet.mark)])
    writer.writerow([safe(column.heading) for column in sheet.columns])
    writer.writerows([_as_text(value) for value in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula or rounds: `'=1+1`, and long numbers end with a tab."""
    if _LOOKS_LIKE_FORMULA.match(text.lstrip(" ")):
        return "'" + text
    return text + "\t" if _LONG_NUMBER.match(text) else text
