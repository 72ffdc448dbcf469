"""Reads of rosters that screens and commands share: pages of rows, findings in words, leavers, the
same file before.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from unionbenefits.workers.models import (
    IdentityDocument,
    Roster,
    RosterLeaver,
    RosterRow,
    RowDecision,
    Worker,
)
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import Field, FileWarning, Finding
from unionbenefits.workers.roster.states import RosterState, RowAction, RowVerdict


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some rows in file order; give `next_after` back to get those that follow, None at the end."""

    rows: list[RosterRow]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class LeaverPage:
    """Some leavers; `next_after` as in RowPage."""

    leavers: list[RosterLeaver]
    next_after: int | None


def rows_page(
    roster: Roster,
    *,
    verdict: RowVerdict | None = None,
    action: RowAction | None = None,
    code: str | None = None,
    decided: bool = False,
    after: int = 0,
    limit: int = 100,
) -> RowPage:
    """Rows of the roster after the row `after` (a key), optionally of one verdict, action or finding, or
    only those on which an officer has decided.
    """
    found = RosterRow.objects.filter(roster=roster, pk__gt=after).select_related("enterprise").order_by("pk")
    if verdict:
        found = found.filter(verdict=verdict)
    if action:
        found = found.filter(action=action)
    if code:
        found = found.filter(codes__contains=[{"code": code}])
    if decided:
        made = RowDecision.objects.filter(roster=roster, sheet=OuterRef("sheet"), row=OuterRef("row"))
        found = found.filter(Exists(made))
    rows, following = _page(found, limit)
    return RowPage(rows, following)


def leavers_page(roster: Roster, *, after: int = 0, limit: int = 100) -> LeaverPage:
    """Members who are not in the full roster, with the person and the enterprise."""
    found = (
        RosterLeaver.objects.filter(roster=roster, pk__gt=after)
        .select_related("membership__worker", "membership__enterprise")
        .order_by("pk")
    )
    leavers, following = _page(found, limit)
    return LeaverPage(leavers, following)


def _page(found: QuerySet[Any], limit: int) -> tuple[list[Any], int | None]:
    """One more than asked tells whether anything follows, without counting."""
    rows = list(found[: limit + 1])
    return rows[:limit], (rows[limit - 1].pk if len(rows) > limit else None)


def findings_of(row: RosterRow) -> list[Finding]:
    """What was found about the row; `.text()` is the sentence in the active language."""
    return [_finding(stored) for stored in row.codes]


def _finding(stored: Mapping[str, Any]) -> Finding:
    field = stored.get("field")
    return Finding(
        Code(stored["code"]),
        Field(field) if field else None,
        stored.get("params", {}),
        stored.get("proposed"),
    )


def cells_of(row: RosterRow) -> list[str]:
    """The row as it was written; empty for rows without findings, whose cells are not kept."""
    return list(json.loads(row.cells)) if row.cells else []


def column_of(roster: Roster, row: RosterRow, field: Field | None) -> list[int]:
    """Indexes of the cells that feed the field on the row's sheet, so that a screen can mark them."""
    for sheet in roster.sheets:
        if sheet["name"] == row.sheet and field is not None:
            return [column["index"] for column in sheet["columns"] if column["field"] == field.value]
    return []


def headings_of(roster: Roster, row: RosterRow, field: Field) -> dict[str, str]:
    """The heading above each value that the row writes for the field, where several columns say it."""
    cells = cells_of(row)
    found: dict[str, str] = {}
    for sheet in roster.sheets:
        for column in sheet["columns"] if sheet["name"] == row.sheet else ():
            if column["field"] == field.value and column["index"] < len(cells):
                found.setdefault(cells[column["index"]], column["heading"])
    return found


def notices_of(roster: Roster) -> list[FileWarning]:
    """What is to be told about the file and its sheets; `.text()` is the sentence."""
    return [
        FileWarning(
            Code(stored["code"]),
            stored.get("sheet", ""),
            stored.get("params", {}),
            tuple(stored.get("rows", ())),
        )
        for stored in roster.notices
    ]


def refusal_text(roster: Roster) -> str:
    """Why nothing of the file can be used, as a sentence; empty when something can."""
    return str(Code(roster.refusal).message) % roster.refusal_details if roster.refusal else ""


def same_file(roster: Roster) -> Roster | None:
    """The latest earlier roster of the same bytes at the same enterprise that was judged or applied
    (case C070).
    """
    earlier: Roster | None = (
        Roster.objects.filter(
            enterprise=roster.enterprise_id,
            file_sha256=roster.file_sha256,
            pk__lt=roster.pk,
            state__in=_HAD_EFFECT,
        )
        .select_related("uploaded_by")
        .order_by("-pk")
        .first()
    )
    return earlier


_HAD_EFFECT: Sequence[str] = (RosterState.JUDGED, RosterState.APPLYING, RosterState.APPLIED)


def workers_of(roster: Roster) -> QuerySet[Worker]:
    """Everybody whom an accepted row of the roster stands for, found by document; meant for applied rosters.

    Through the documents and not through `RosterRow.worker`, because a row keeps whom it was judged to be:
    nobody yet, for a new person.
    """
    rows = RosterRow.objects.filter(
        roster=roster,
        verdict=RowVerdict.ACCEPT,
        number_digest=OuterRef("number_digest"),
        document_kind=OuterRef("kind"),
        issuer=OuterRef("issuer"),
    )
    documents = IdentityDocument.objects.filter(Exists(rows))
    workers: QuerySet[Worker] = Worker.objects.filter(Q(pk__in=documents.values("worker_id")))
    return workers
