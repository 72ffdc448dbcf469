"""Reading a workbook of officers: one line a post, in the columns that the template names. No database."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from unionbenefits.access.roles import Role
from unionbenefits.core.errors import Refusal

COLUMNS: Final[dict[str, tuple[str | Promise, tuple[str, ...]]]] = {
    "username": (gettext_lazy("Sign-in name"), ("登录名", "sign-in name", "username", "账号", "用户名")),
    "name": (gettext_lazy("Full name"), ("姓名", "full name", "name")),
    "role": (gettext_lazy("Role"), ("角色", "岗位", "role")),
    "place": (gettext_lazy("Place (code)"), ("单位代码", "单位", "place", "place (code)", "code", "unit")),
    "starts_on": (gettext_lazy("From"), ("起", "从", "自", "开始日期", "起始日期", "from")),
    "ends_on": (gettext_lazy("Until"), ("止", "至", "到", "结束日期", "截止日期", "until")),
}
"""Each column: its heading in the active language, and the headings under which it is known."""
_NEEDED: Final = ("username", "role", "place", "starts_on")
MOST_LINES: Final = 5000
_HEAD_WITHIN: Final = 10
"""Lines from the top in which the headings must stand."""
_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as written, days too; `row` is the number that stands at its left in the workbook."""

    row: int
    username: str
    name: str
    role: str
    place: str
    starts_on: str
    ends_on: str


def read_officers(content: bytes, *, most: int = MOST_LINES) -> list[Line]:
    """The lines of the first sheet that holds the headings, `most` at most.

    Raises Refusal `file_unreadable`, `file_encrypted`, `headings_missing`, `file_empty` or `file_too_long`.
    """
    for sheet in _sheets(content):
        for at, cells in enumerate(sheet[:_HEAD_WITHIN]):
            columns = _columns(cells)
            if columns is not None:
                return _lines(sheet, at, columns, most)
    raise Refusal(
        "headings_missing",
        _("The columns are not found. The headings are: %(names)s.")
        % {"names": ", ".join(str(heading) for heading, _known in COLUMNS.values())},
    )


def role_named(text: str) -> Role | None:
    """A role by its code or its name in either language."""
    asked = text.strip().casefold()
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for role in Role:
                if asked in (role.value, str(role.label).casefold()):
                    return role
    return None


def day_written(text: str) -> dt.date | None:
    """`2026-01-31`, `2026/1/31`, `2026年1月31日`; None for anything else."""
    found = _DAY.match(text.strip())
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _sheets(content: bytes) -> list[list[list[Any]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except PasswordError:
        raise Refusal("file_encrypted", _("The workbook is locked by a password. Save it without one."))
    except (CalamineError, ValueError, OSError):
        raise Refusal("file_unreadable", _("This is no workbook that can be read. Save it as .xlsx."))


def _columns(cells: Sequence[Any]) -> dict[str, int] | None:
    """Where each column stands, or None where this line holds no headings."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        text = str(cell).strip().casefold()
        for name, (heading, known) in COLUMNS.items():
            if name not in found and text in (*known, str(heading).casefold()):
                found[name] = at
    return found if all(name in found for name in _NEEDED) else None


def _lines(sheet: list[list[Any]], head: int, columns: dict[str, int], most: int) -> list[Line]:
    rows = [(at + 1, cells) for at, cells in enumerate(sheet) if at > head and any(_text(c) for c in cells)]
    if not rows:
        raise Refusal("file_empty", _("There is no line below the headings."))
    if len(rows) > most:
        raise Refusal(
            "file_too_long",
            _("At most %(count)d lines at a time. Split the workbook.") % {"count": most},
        )
    return [Line(row, **{name: _cell(cells, columns.get(name)) for name in COLUMNS}) for row, cells in rows]


def _cell(cells: Sequence[Any], at: int | None) -> str:
    return _text(cells[at]) if at is not None and at < len(cells) else ""


def _text(value: Any) -> str:
    """A cell as text: a number without its decimal point, a date as ISO, a time of day cut off."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
