"""The desk of the review page: open questions with their buttons, both sides of a pair, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field as dataclass_field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.backoffice.pages.roster_titles import BUTTONS, IN_BULK, TITLES, Text
from unionbenefits.core.masking import mask_document, mask_phone
from unionbenefits.core.scope import Scope
from unionbenefits.workers.models import Roster, RosterRow, RowDecision, Worker
from unionbenefits.workers.roster import compare, deciding, queries
from unionbenefits.workers.roster.choices import PAIRS
from unionbenefits.workers.roster.codes import Code, Severity
from unionbenefits.workers.roster.decide import Option
from unionbenefits.workers.roster.deciding import Side
from unionbenefits.workers.roster.facts import Field, Finding
from unionbenefits.workers.roster.labels import field_label, value_label
from unionbenefits.workers.roster.states import RosterState, RowChoice, RowVerdict

_MASKED = {Field.DOCUMENT_NUMBER: mask_document, Field.PHONE: mask_phone}
_TYPED = {Field.BIRTH: "date", Field.JOINED_ON: "date", Field.PHONE: "tel"}


@dataclass(frozen=True, slots=True)
class OptionView:
    """One button: what it decides, its letter, and the values to choose among or the field to type into."""

    choice: str
    text: Text
    key: str
    value: str = ""
    values: tuple[tuple[str, str], ...] = ()
    typed: str = ""
    label: Text = ""


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a pair, personal numbers masked."""

    where: Text
    name: str
    numbers: str
    phone: str
    birth: str
    enterprises: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One finding that holds the row, in words, with the decisions that are open."""

    code: str
    field: str
    text: str
    proposed: str
    options: tuple[OptionView, ...]
    sides: tuple[SideView, ...]
    is_elsewhere: bool = False
    """The other side belongs to another unit: nothing of it is shown and it cannot be decided here."""


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What was decided about a row, by whom and when."""

    pk: int
    text: Text
    title: Text
    value: str
    by: str
    at: datetime
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What belongs to one row of the table."""

    questions: tuple[QuestionView, ...] = ()
    decisions: tuple[DecisionView, ...] = ()
    leave_out: OptionView | None = None


NO_DESK = Desk()


@dataclass(frozen=True, slots=True)
class BulkView:
    """A kind of finding, how many rows it holds, and what can be decided for all of them."""

    code: str
    title: Text
    rows: int
    options: tuple[tuple[str, Text], ...] = dataclass_field(default=())


def desks(roster: Roster, rows: Sequence[RosterRow], scope: Scope) -> list[Desk]:
    """Per row what is open and what was decided. The same number of queries for any number of rows."""
    asked = [
        (row, finding)
        for row in rows
        if row.verdict == RowVerdict.HOLD
        for finding in compare.stored_findings(row.codes)
        if finding.severity is Severity.HOLD
    ]
    likely = deciding.likely_workers(roster, asked)
    sides = deciding.sides((worker for workers in likely for worker in workers), scope)
    decided = deciding.decisions_about(roster, rows)
    questions: dict[int, list[QuestionView]] = {}
    for (row, finding), workers in zip(asked, likely, strict=True):
        known = tuple(sides[worker] for worker in workers)
        questions.setdefault(row.pk, []).append(_question(roster, row, finding, known))
    return [_desk(questions.get(row.pk, []), decided.get((row.sheet, row.row), []), roster) for row in rows]


def _desk(questions: list[QuestionView], decisions: list[RowDecision], roster: Roster) -> Desk:
    text, key = BUTTONS[RowChoice.LEFT_OUT]
    return Desk(
        questions=tuple(questions),
        decisions=tuple(decision_view(decision, roster) for decision in decisions),
        leave_out=OptionView(RowChoice.LEFT_OUT.value, text, key) if questions else None,
    )


def _question(roster: Roster, row: RosterRow, finding: Finding, sides: tuple[Side, ...]) -> QuestionView:
    elsewhere = any(side.worker is None for side in sides)
    drawn: list[OptionView] = []
    for option in deciding.options_of(roster, row, finding):
        if option.choice is RowChoice.LEFT_OUT or (option.choice in PAIRS and elsewhere):
            continue
        if option.choice in (RowChoice.SAME, RowChoice.RENAMED):
            drawn += [_same(option, finding, side, several=len(sides) > 1) for side in sides]
        else:
            drawn.append(_option(roster, row, option, finding))
    mask = _MASKED.get(finding.field) if finding.field else None
    proposed = finding.proposal()
    return QuestionView(
        code=finding.code.value,
        field=finding.field or "",
        text=finding.text(),
        proposed=mask(proposed) if mask and proposed else proposed,
        options=tuple(drawn),
        sides=_sides(row, sides) if sides and not elsewhere else (),
        is_elsewhere=elsewhere,
    )


def _option(roster: Roster, row: RosterRow, option: Option, finding: Finding) -> OptionView:
    text, key = BUTTONS[option.choice]
    if option.choice is not RowChoice.CHOSEN:
        return OptionView(option.choice.value, text, key)
    field = finding.field or Field.NAME
    return OptionView(
        option.choice.value,
        text,
        key,
        values=_values(roster, row, option, finding),
        typed="" if option.values else _TYPED.get(field, "text"),
        label=_("Right value: %(field)s") % {"field": field_label(field)},
    )


def _values(roster: Roster, row: RosterRow, option: Option, finding: Finding) -> tuple[tuple[str, str], ...]:
    """What there is to choose among, personal numbers masked: a value goes by its place in the list."""
    field = finding.field or Field.NAME
    mask = _MASKED.get(field, str)
    headings = queries.headings_of(roster, row, field) if finding.code is Code.TWO_COLUMNS_DIFFER else {}
    return tuple(
        (
            f"#{at}",
            f"{headings[value]}: {mask(value)}" if value in headings else mask(value_label(field, value)),
        )
        for at, value in enumerate(option.values)
    )


def _same(option: Option, finding: Finding, side: Side, *, several: bool) -> OptionView:
    text, key = BUTTONS[option.choice]
    if finding.code is Code.NAME_DIFFERS and option.choice is RowChoice.SAME:
        text = _("Same person, keep the name on file")
    if several and side.worker is not None:
        text = f"{text}: {side.worker.name} {number_of(side.worker)}"
    return OptionView(option.choice.value, text, key, value=str(side.key))


def _sides(row: RosterRow, sides: tuple[Side, ...]) -> tuple[SideView, ...]:
    """The row, then everybody on file whom it may be."""
    own = SideView(
        where=_("In the file"),
        name=row.name,
        numbers=mask_document(row.number) if row.number else "",
        phone=mask_phone(row.phone) if row.phone else "",
        birth=row.birth_date.isoformat() if row.birth_date else "",
        enterprises=row.enterprise.name if row.enterprise else "",
    )
    return (own, *(_on_file(side.worker) for side in sides if side.worker is not None))


def _on_file(worker: Worker) -> SideView:
    members = worker.memberships.all()
    names = [
        f"{member.enterprise.name} ({_('has left')})" if member.left_on else member.enterprise.name
        for member in members
    ]
    return SideView(
        where=_("On file"),
        name=worker.name,
        numbers=number_of(worker),
        phone=mask_phone(worker.phone) if worker.phone else "",
        birth=worker.birth_date.isoformat() if worker.birth_date else "",
        enterprises="、".join(dict.fromkeys(names)),
    )


def number_of(worker: Worker) -> str:
    """The masked numbers of the person's documents, the present ones first."""
    documents = sorted(worker.documents.all(), key=lambda document: document.retired_at is not None)
    return "、".join(mask_document(document.number) for document in documents)


def decision_view(decision: RowDecision, roster: Roster) -> DecisionView:
    """A decision as the page tells it; it can be undone until the row is in the register."""
    field = Field(decision.field) if decision.field else None
    shown = value_label(decision.field, decision.value or "") if decision.choice == RowChoice.CHOSEN else ""
    if shown and field in _MASKED:
        shown = _MASKED[field](shown)
    return DecisionView(
        pk=decision.pk,
        text=str(RowChoice(decision.choice).label),
        title=TITLES.get(Code(decision.code), decision.code),
        value=shown,
        by=str(decision.decided_by),
        at=decision.decided_at,
        can_undo=decision.applied_at is None and roster.state in (RosterState.JUDGED, RosterState.APPLIED),
    )


def bulk(roster: Roster) -> list[BulkView]:
    """What holds the roster's rows, the most frequent first."""
    return [
        BulkView(
            question.code.value,
            TITLES[question.code],
            question.rows,
            tuple((choice.value, IN_BULK[choice]) for choice in question.in_bulk),
        )
        for question in deciding.questions(roster)
    ]


def last_decision(roster: Roster) -> Mapping[str, Any] | None:
    """The latest decision on the roster, whoever made it, with its line."""
    latest = deciding.latest_decision(roster)
    if latest is None:
        return None
    return {"decision": decision_view(latest, roster), "line": latest.row, "sheet": latest.sheet}
