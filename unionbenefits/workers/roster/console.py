"""What `import_roster` prints (design §6): the file, a verdict for every row, the counts."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from unionbenefits.core.masking import mask_document
from unionbenefits.workers.models import Roster, RosterRow
from unionbenefits.workers.roster import queries
from unionbenefits.workers.roster.codes import RosterRefused
from unionbenefits.workers.roster.states import RosterState, RowVerdict

COUNTS = {
    "rows": _("rows"),
    "accept": _("accepted"),
    "hold": _("on hold"),
    "reject": _("rejected"),
    "new": _("new"),
    "changed": _("changed"),
    "unchanged": _("unchanged"),
    "joined": _("joined"),
    "leavers": _("not in the file"),
}


def document(roster: Roster, *, reveal: bool) -> dict[str, Any]:
    """The JSON document; document numbers are masked unless `reveal`."""
    return {
        "file": {
            "name": roster.file_name,
            "sha256": roster.file_sha256,
            "format": roster.file_format or None,
            "encoding": roster.encoding or None,
            "sheets": [
                {name: sheet[name] for name in ("name", "header_row", "rows", "hidden_rows")}
                for sheet in roster.sheets
            ],
        },
        "refused": {"code": roster.refusal, "message": queries.refusal_text(roster)}
        if roster.refusal
        else None,
        "notices": [
            {
                "code": notice.code.value,
                "sheet": notice.sheet,
                "rows": list(notice.rows),
                "message": notice.text(),
            }
            for notice in queries.notices_of(roster)
        ],
        "rows": [_row(row, reveal) for row in _rows(roster)],
        "counts": {name: roster.counts.get(name, 0) for name in COUNTS},
        "applied": roster.state == RosterState.APPLIED,
    }


def refused(name: str, content: bytes, refusal: RosterRefused) -> dict[str, Any]:
    """The JSON document of a file that was not even taken in."""
    return {
        "file": {
            "name": name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "format": None,
            "encoding": None,
            "sheets": [],
        },
        "refused": {"code": refusal.code, "message": str(refusal)},
        "notices": [],
        "rows": [],
        "counts": dict.fromkeys(COUNTS, 0),
        "applied": False,
    }


def _rows(roster: Roster) -> Iterator[RosterRow]:
    yield from RosterRow.objects.filter(roster=roster).order_by("pk").defer("phone", "cells")


def _row(row: RosterRow, reveal: bool) -> dict[str, Any]:
    number = row.number if reveal or row.number is None else mask_document(row.number)
    return {
        "sheet": row.sheet,
        "row": row.row,
        "verdict": row.verdict,
        "action": row.action,
        "document": number,
        "name": row.name,
        "codes": [finding["code"] for finding in row.codes],
    }


def lines(roster: Roster) -> list[str]:
    """The same for people: what is wrong, row by row, then the totals."""
    if roster.refusal:
        return [queries.refusal_text(roster)]
    told = [notice.text() for notice in queries.notices_of(roster)]
    for row in _rows(roster):
        if row.verdict != RowVerdict.ACCEPT:
            why = " ".join(finding.text() for finding in queries.findings_of(row))
            told.append(f"{row.sheet} {row.row}  {row.get_verdict_display()}  {row.name}  {why}")
    told.append(" · ".join(f"{title} {roster.counts.get(name, 0)}" for name, title in COUNTS.items()))
    applied = roster.state == RosterState.APPLIED
    told.append(str(_("Applied.") if applied else _("Nothing was stored: this was a dry run.")))
    return told
