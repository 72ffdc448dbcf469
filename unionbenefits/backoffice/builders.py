"""A part of the audit log as a workbook, for auditors to keep and to count in."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from unionbenefits.access.exports import Made, Making, builder
from unionbenefits.accounts.models import User
from unionbenefits.audit.models import Entry
from unionbenefits.audit.searching import part_of
from unionbenefits.backoffice.pages import log_words
from unionbenefits.backoffice.pages.audit_form import wanted_of
from unionbenefits.backoffice.pages.audit_log import LOG, about_words
from unionbenefits.core import clock, sheets
from unionbenefits.core.errors import Refusal

_MOST: Final = 200_000
"""Entries in one file: more than that nobody reads; a spreadsheet ends at 1,048,576 lines."""
_AT_ONCE: Final = 2_000


def _entries(making: Making) -> Any:
    """What is asked for, in the maker's scope."""
    asked = dict(making.params)
    for name in ("first_day", "last_day"):
        asked[name] = dt.date.fromisoformat(asked[name]) if asked.get(name) else None
    actors = tuple(asked["actors"]) if "actors" in asked else None
    return part_of(Entry.objects.in_scope(making.scope), wanted_of(asked, actors))


@builder(LOG, permission="audit.view_entry", check=_entries)
def audit_log(making: Making) -> Made:
    """An xlsx of the entries in order, each with its place in the chain and its hash.

    Raises Refusal `log_too_long` and `log_empty`.
    """
    entries = _entries(making)
    count = len(entries.values_list("pk", flat=True)[: _MOST + 1])
    if count > _MOST:
        message = _("These are more than %(most)d entries. Ask for fewer days.") % {"most": _MOST}
        raise Refusal("log_too_long", message)
    if not count:
        raise Refusal("log_empty", _("No entry matches the filters."))
    columns = [
        sheets.Column(_("Entry"), 10),
        sheets.Column(_("Time"), 20),
        sheets.Column(_("Who"), 28),
        sheets.Column(_("Act"), 34),
        sheets.Column(_("Code"), 24),
        sheets.Column(_("What it was about"), 24),
        sheets.Column(_("From where"), 26),
        sheets.Column(_("Details"), 60),
        sheets.Column(_("Place in the chain"), 12),
        sheets.Column(_("Hash"), 66),
    ]
    sheet = sheets.Sheet(_("Audit log"), columns, _lines(making, entries, count), mark=making.mark)
    name = f"审计日志-{clock.today():%Y%m%d}.xlsx"
    return Made(name, sheets.XLSX, sheets.xlsx([sheet]))


def _lines(making: Making, entries: Any, count: int) -> Iterator[list[sheets.Value]]:
    staff = User.objects.get_queryset().in_scope(making.scope)
    chunk: list[Entry] = []
    done = 0
    for entry in entries.select_related("seal").order_by("pk").iterator(_AT_ONCE):
        chunk.append(entry)
        if len(chunk) == _AT_ONCE:
            yield from _chunk(staff, making.by, chunk)
            done, chunk = done + len(chunk), []
            making.told(done, count)
    yield from _chunk(staff, making.by, chunk)
    making.told(count, count)


def _chunk(staff: Any, reader: User, chunk: list[Entry]) -> Iterator[list[sheets.Value]]:
    people = log_words.People(staff, reader, (entry.actor for entry in chunk))
    for entry in chunk:
        seal = getattr(entry, "seal", None)
        yield [
            entry.pk,
            f"{clock.local(entry.at):%Y-%m-%d %H:%M:%S}",
            people.name(entry.actor),
            log_words.act_words(entry.action),
            entry.action,
            about_words(entry),
            log_words.origin_words(entry.origin),
            "；".join(f"{name} {value}" for name, value in log_words.details(entry.data)),
            seal.position if seal else None,
            bytes(seal.hash).hex() if seal else "",
        ]
