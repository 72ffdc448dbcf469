"""What the roster pages show of a roster: plain data made from the stored verdicts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.backoffice.pages import listing, roster_desk
from unionbenefits.backoffice.pages.roster_desk import NO_DESK, Desk
from unionbenefits.core import clock
from unionbenefits.core.masking import mask_document, mask_phone
from unionbenefits.core.scope import of_request
from unionbenefits.plans.queries import covered_in_roster, covered_until
from unionbenefits.workers.enums import DocumentKind
from unionbenefits.workers.models import Roster, RosterRow
from unionbenefits.workers.roster import deciding, queries
from unionbenefits.workers.roster.codes import Severity
from unionbenefits.workers.roster.facts import Field, Finding
from unionbenefits.workers.roster.states import RosterMode, RosterState, RowAction, RowVerdict

ROWS = 50
LEAVERS = 200
PATIENCE_SECONDS = 60
STEPS = (
    gettext_lazy("Upload"),
    gettext_lazy("Judging"),
    gettext_lazy("Check and confirm"),
    gettext_lazy("Taken over"),
)
_AT_STEP = {"uploaded": 1, "judging": 1, "judged": 2, "applying": 3, "applied": 4, "refused": 1, "failed": 1}

FIELDS = (
    (Field.NAME, gettext_lazy("Name")),
    (Field.DOCUMENT_KIND, gettext_lazy("Kind of document")),
    (Field.DOCUMENT_NUMBER, gettext_lazy("Document number")),
    (Field.ISSUER, gettext_lazy("Issuing country")),
    (Field.PHONE, gettext_lazy("Mobile number")),
    (Field.SEX, gettext_lazy("Sex")),
    (Field.BIRTH, gettext_lazy("Date of birth")),
    (Field.ENTERPRISE_NAME, gettext_lazy("Enterprise")),
    (Field.CREDIT_CODE, gettext_lazy("Credit code")),
    (Field.OCCUPATION, gettext_lazy("Occupation")),
    (Field.WORK_RELATION, gettext_lazy("Work relation")),
    (Field.JOINED_ON, gettext_lazy("Joined on")),
    (Field.NOTE, gettext_lazy("Note")),
    (Field.INSURANCE, gettext_lazy("Basic insurance")),
    (Field.REAL_NAME, gettext_lazy("Real-name check")),
    (Field.KINSHIP, gettext_lazy("Relation to the worker")),
    (Field.SERIAL, gettext_lazy("Serial number")),
    (Field.PICTURE, gettext_lazy("Picture")),
)
FIELD_NAMES = dict(FIELDS)
# What the table always shows; a finding about any other field is named in words beside the row.
COLUMNS = (Field.NAME, Field.DOCUMENT_NUMBER, Field.PHONE, Field.OCCUPATION, Field.JOINED_ON)
_TONES = {Severity.REJECT: "bad", Severity.HOLD: "hold", Severity.NOTICE: "told"}
_KINDS = {Field.NAME: "name", Field.DOCUMENT_NUMBER: "code", Field.PHONE: "code", Field.JOINED_ON: "date"}
_MASKS = {Field.DOCUMENT_NUMBER: mask_document, Field.PHONE: mask_phone}


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: what it shows (masked where personal), how it is set, what it is marked as, a second line."""

    text: str
    kind: str
    tone: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding in words; `proposed` is what would be stored instead."""

    code: str
    tone: str
    field: str
    text: str
    proposed: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One judged line as the table shows it; `covered_until` of a known person, through whomever (C082)."""

    row: RosterRow
    cells: tuple[CellView, ...]
    findings: tuple[FindingView, ...]
    desk: Desk = NO_DESK
    covered_until: dt.date | None = None

    @property
    def told(self) -> tuple[FindingView, ...]:
        """What is said beside the row; open questions have a line of their own."""
        asked = self.desk.questions
        return tuple(one for one in self.findings if not asked or one.tone != _TONES[Severity.HOLD])


def frame(roster: Roster) -> dict[str, Any]:
    """What every page of a roster needs: where it stands and how far the judging is."""
    waited = (clock.now() - roster.uploaded_at).total_seconds()
    return {
        "roster": roster,
        "steps": listing.steps(STEPS, _AT_STEP.get(roster.state, 0)),
        "waits_long": roster.state == RosterState.UPLOADED and waited > PATIENCE_SECONDS,
        "is_full": roster.mode == RosterMode.FULL,
    }


def verdicts(request: HttpRequest, roster: Roster) -> dict[str, Any]:
    """The judged rows of the chosen filter, the notices about the file, and what confirming would do."""
    show = _chosen(request, roster)
    verdict, action = _FILTERS[show]
    code = request.GET.get("code", "")[:60] or None
    found = queries.rows_page(
        roster,
        verdict=verdict,
        action=action,
        code=code,
        decided=show == "decided",
        after=_after(request, "after"),
        limit=ROWS,
    )
    last = roster_desk.last_decision(roster)
    leavers = queries.leavers_page(roster, limit=LEAVERS) if roster.mode == RosterMode.FULL else None
    return {
        "show": show,
        "code": code,
        "after": _after(request, "after") or "",
        "columns": column_titles(),
        "rows": row_views(roster, found.rows, roster_desk.desks(roster, found.rows, of_request(request))),
        "bulk": roster_desk.bulk(roster) if roster.counts.get("hold") else [],
        "last": last,
        "settled": deciding.settled_count(roster) if roster.state == RosterState.APPLIED and last else 0,
        "pages": _pages(request, found.next_after),
        "tabs": _tabs(roster, show, has_decided=last is not None),
        "notices": queries.notices_of(roster),
        "covered": covered_in_roster(roster.pk, clock.today()),
        "leavers": leavers,
        "left": int(roster.counts.get("leavers", 0)),
        "changes": any(roster.counts.get(key) for key in ("new", "changed", "joined", "leavers")),
        "several_sheets": len(roster.sheets) > 1,
    }


_FILTERS: Mapping[str, tuple[Any, Any]] = {
    "all": (None, None),
    "reject": (RowVerdict.REJECT, None),
    "hold": (RowVerdict.HOLD, None),
    "new": (RowVerdict.ACCEPT, RowAction.NEW),
    "joined": (RowVerdict.ACCEPT, RowAction.JOINED),
    "changed": (RowVerdict.ACCEPT, RowAction.CHANGED),
    "unchanged": (RowVerdict.ACCEPT, RowAction.UNCHANGED),
    "decided": (None, None),
}
_TAB_TONES = {"reject": "bad", "hold": "warn", "new": "good", "joined": "good", "changed": "good"}


def _chosen(request: HttpRequest, roster: Roster) -> str:
    """The filter asked for; at first what needs a person's eye."""
    asked = request.GET.get("show", "")
    if asked in _FILTERS:
        return asked
    return next((verdict for verdict in ("hold", "reject") if roster.counts.get(verdict)), "all")


def _tabs(roster: Roster, show: str, *, has_decided: bool) -> list[listing.Tab]:
    texts = (
        ("all", _("All rows")),
        ("hold", _("On hold")),
        ("reject", _("Rejected")),
        ("new", _("New")),
        ("joined", _("Known, new here")),
        ("changed", _("Changed")),
        ("unchanged", _("Unchanged")),
        ("decided", _("Decided")),
    )
    counts = {code: int(roster.counts.get(code, 0)) for code, _text in texts} | {"all": roster.rows_total}
    counts["decided"] = deciding.decided_count(roster) if has_decided else 0
    return listing.tabs(texts, counts, chosen=show, name="show", tones=_TAB_TONES)


def _after(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _pages(request: HttpRequest, next_after: int | None) -> dict[str, str]:
    """Addresses of the first and the following page."""
    first, following = request.GET.copy(), request.GET.copy()
    first.pop("after", None)
    following["after"] = str(next_after)
    return {
        "back": "?" + first.urlencode() if _after(request, "after") else "",
        "forth": "?" + following.urlencode() if next_after is not None else "",
    }


def _column_indexes(roster: Roster) -> dict[str, dict[str, int]]:
    """Per sheet, the column that feeds each field (the first one where several do)."""
    indexes: dict[str, dict[str, int]] = {}
    for sheet in roster.sheets:
        fields = indexes.setdefault(sheet["name"], {})
        for column in sheet.get("columns") or ():
            if column["field"]:
                fields.setdefault(column["field"], column["index"])
    return indexes


def column_titles() -> list[Any]:
    """The headings of the table's columns."""
    return [FIELD_NAMES[field] for field in COLUMNS]


def row_views(roster: Roster, rows: Sequence[RosterRow], desks: Sequence[Desk] = ()) -> list[RowView]:
    """The rows as the table shows them, each with its desk where decisions are taken."""
    indexes = _column_indexes(roster)
    plain = [_row(row, indexes.get(row.sheet, {})) for row in rows]
    known = covered_until((row.worker_id for row in rows if row.worker_id), clock.today())
    views = [replace(view, covered_until=known.get(view.row.worker_id or 0)) for view in plain]
    return [replace(view, desk=desk) for view, desk in zip(views, desks, strict=True)] if desks else views


def _row(row: RosterRow, indexes: Mapping[str, int]) -> RowView:
    findings = queries.findings_of(row)
    written = queries.cells_of(row)
    return RowView(
        row=row,
        cells=tuple(_cell(row, field, findings, _as_written(written, indexes, field)) for field in COLUMNS),
        findings=tuple(_finding(finding) for finding in findings),
    )


def _as_written(cells: list[str], indexes: Mapping[str, int], field: Field) -> str:
    index = indexes.get(field.value)
    return cells[index] if index is not None and index < len(cells) else ""


def _cell(row: RosterRow, field: Field, findings: list[Finding], written: str) -> CellView:
    """What was understood, or else what is written; marked as the worst that is said about it."""
    about = [finding.severity for finding in findings if finding.field == field]
    tone = next((_TONES[weight] for weight in _TONES if weight in about), "")
    understood, below = _value(row, field)
    mask = _MASKS.get(field)
    text = understood or written
    shown = mask(text) if mask and text else text
    return CellView(text=shown, kind=_KINDS.get(field, "text"), tone=tone, below=below)


def _standing(row: RosterRow) -> str:
    """What the row says of insurance and real-name check, in a few words."""
    insurance = str(row.get_basic_insurance_display()) if row.basic_insurance else ""
    day = row.real_name_checked_on
    checked = _("real name checked %(day)s") % {"day": day.isoformat()} if day else ""
    return " · ".join(filter(None, (insurance, checked)))


def _value(row: RosterRow, field: Field) -> tuple[str, str]:
    """What was understood, and a second line."""
    if field is Field.NAME:
        return row.name, _standing(row)
    if field is Field.DOCUMENT_NUMBER:
        kind = "" if row.document_kind == DocumentKind.RESIDENT_ID else row.get_document_kind_display()
        return row.number or "", str(kind)
    if field is Field.OCCUPATION:
        given = row.occupation_as_given
        listed = str(row.get_occupation_display()) if row.occupation else ""
        return listed or given, given if listed and given and given != listed else ""
    if field is Field.JOINED_ON:
        return row.joined_on.isoformat() if row.joined_on else "", ""
    return str(getattr(row, field.value) or ""), ""


def _finding(finding: Finding) -> FindingView:
    mask = _MASKS.get(finding.field) if finding.field else None
    proposed = mask(finding.proposed) if mask and finding.proposed else finding.proposal()
    return FindingView(
        code=finding.code.value,
        tone=_TONES.get(finding.severity, "told"),
        field=str(FIELD_NAMES[finding.field]) if finding.field else "",
        text=finding.text(),
        proposed=proposed,
    )


def sheets(roster: Roster) -> list[dict[str, Any]]:
    """Every sheet with its columns; a sheet without a heading line keeps an empty list."""
    return [dict(sheet, place=place) for place, sheet in enumerate(roster.sheets)]


def mapping_of(posted: QueryDict, roster: Roster) -> dict[str, Any]:
    """The corrected mapping as `remap_roster` takes it, from the fields `use-0`, `header-0`, `column-0-3` …

    An unticked sheet is left out, one without a heading line looked at again, an unknown field ignored.
    """
    known = {field.value for field in Field}
    mapping: dict[str, Any] = {}
    for sheet in sheets(roster):
        place = sheet["place"]
        if not sheet.get("columns"):
            continue
        if not posted.get(f"use-{place}"):
            mapping[sheet["name"]] = None
            continue
        columns = {}
        for column in sheet.get("columns") or ():
            chosen = posted.get(f"column-{place}-{column['index']}", "")
            columns[str(column["index"])] = chosen if chosen in known else None
        line = posted.get(f"header-{place}", "")
        header = (
            int(line) if line.isascii() and line.isdigit() and 0 < len(line) < 7 else sheet.get("header_row")
        )
        mapping[sheet["name"]] = {"header_row": header, "columns": columns}
    return mapping
