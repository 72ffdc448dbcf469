"""A bank's result file as lines: any workbook or delimited text that the roster reader opens."""

from collections.abc import Iterator, Mapping
from typing import Any

from unionbenefits.claims.banking.layouts import In, Layout
from unionbenefits.claims.banking.results import BankLine
from unionbenefits.claims.banking.wording import ResultFileRefused
from unionbenefits.workers.roster.codes import RosterRefused
from unionbenefits.workers.roster.read import read_workbook

_NEEDED = (In.ORDER, In.STATUS)
_HEADER_WITHIN = 20


def read_results(content: bytes, name: str, layout: Layout) -> list[BankLine]:
    """The lines below the first row that names at least the order and the status.

    Raises ResultFileRefused where the file cannot be opened or has no such row.
    """
    try:
        book = read_workbook(content, name)
    except RosterRefused as refused:
        raise ResultFileRefused("result_unreadable", why=str(refused))
    for sheet in book.sheets:
        found = list(_lines(sheet.rows(), layout))
        if found:
            return found
    raise ResultFileRefused("result_no_header", needed=_names(layout))


def _lines(rows: Iterator[tuple[int, list[Any]]], layout: Layout) -> Iterator[BankLine]:
    columns: Mapping[In, int] | None = None
    for number, cells in rows:
        if columns is None:
            columns = _columns(cells, layout) if number <= _HEADER_WITHIN else None
            continue
        line = _line(number, cells, columns, layout)
        if line is not None:
            yield line


def _columns(cells: list[Any], layout: Layout) -> Mapping[In, int] | None:
    """Which column holds what; a field's earlier heading wins. None for a row that is no header."""
    written = {
        str(cell).strip(): at for at, cell in reversed(list(enumerate(cells))) if cell not in (None, "")
    }
    found = {}
    for field, headings in layout.in_headings.items():
        at = next((written[heading] for heading in headings if heading in written), None)
        if at is not None:
            found[field] = at
    return found if all(field in found for field in _NEEDED) else None


def _line(number: int, cells: list[Any], columns: Mapping[In, int], layout: Layout) -> BankLine | None:
    def cell(field: In) -> Any:
        at = columns.get(field)
        return None if at is None or at >= len(cells) else cells[at]

    def text(field: In) -> str:
        value = cell(field)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    order, status = text(In.ORDER), text(In.STATUS)
    if not order and not status:
        return None
    return BankLine(
        row=number,
        batch=text(In.BATCH),
        order=order,
        paid=cell(In.PAID),
        status=status,
        answer=layout.answer(status),
        day=cell(In.DAY),
        receipt=text(In.RECEIPT),
        reason=text(In.REASON),
        has_day=In.DAY in columns,
        has_receipt=In.RECEIPT in columns,
    )


def _names(layout: Layout) -> str:
    return ", ".join(layout.in_headings[field][0] for field in _NEEDED)
