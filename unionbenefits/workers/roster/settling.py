"""Decisions and the database: rows as judged and as decided, staged and compared again like all others."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q

from unionbenefits.core import clock, sql
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.workers.enums import BasicInsurance, DocumentKind, Occupation, Sex, WorkRelation
from unionbenefits.workers.models import IdentityDocument, Roster, RosterRow, RowDecision
from unionbenefits.workers.names import name_key
from unionbenefits.workers.querysets import number_digest, phone_digest
from unionbenefits.workers.roster import compare, stage
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.decide import Made, by_file_alone, decide
from unionbenefits.workers.roster.facts import CLEAR, Clear, Field, JudgedRow
from unionbenefits.workers.roster.normalise import text_of
from unionbenefits.workers.roster.places import Named, Place
from unionbenefits.workers.roster.queries import cells_of
from unionbenefits.workers.roster.rows import verdict_of
from unionbenefits.workers.roster.stage import SQL, clean
from unionbenefits.workers.roster.states import RosterState, RowChoice, RowVerdict

Line = tuple[str, int]
"""Sheet and line: what names a row within its roster, however often it is judged."""
_KEPT: Final = (
    "name", "name_as_given", "kind", "issuer", "number", "birth", "sex", "phone", "occupation",
    "occupation_title", "work_relation", "joined_on", "insurance", "real_name_on",
)  # fmt: skip
_WRITTEN: Final = (
    "name", "name_key", "document_kind", "issuer", "number", "number_digest", "phone", "phone_digest", "sex",
    "birth_date", "occupation", "occupation_as_given", "work_relation", "joined_on",
    "basic_insurance", "real_name_checked_on", "verdict", "codes",
)  # fmt: skip
_BATCH: Final = 200


def judged_row(row: RosterRow) -> JudgedRow:
    """The stored row as the file alone had it, as far as decisions and comparing need it.

    For a row that decisions have already changed this is the changed one: see RowDecision.before.
    """
    findings = by_file_alone(compare.stored_findings(row.codes))
    return JudgedRow(
        sheet=row.sheet,
        row=row.row,
        verdict=verdict_of(findings),
        findings=findings,
        cells=tuple(cells_of(row)),
        name=row.name or None,
        name_as_given=row.name or None,
        kind=DocumentKind(row.document_kind) if row.document_kind else None,
        issuer=row.issuer,
        number=row.number,
        birth=row.birth_date,
        sex=Sex(row.sex) if row.sex else None,
        phone=CLEAR if "phone" in row.cleared else row.phone,
        occupation=Occupation(row.occupation) if row.occupation else None,
        occupation_title=row.occupation_as_given or None,
        work_relation=WorkRelation(row.work_relation) if row.work_relation else None,
        joined_on=row.joined_on,
        insurance=_insurance("clear" if "basic_insurance" in row.cleared else row.basic_insurance),
        real_name_on=row.real_name_checked_on,
    )


def frozen(row: JudgedRow) -> str:
    """The row as RowDecision.before keeps it."""
    values = {name: getattr(row, name) for name in _KEPT}
    return json.dumps(
        {name: None if value is None else str(value) for name, value in values.items()}
        | {"findings": json.loads(stage.stored(row.findings))}
    )


def thawed(text: str, row: JudgedRow) -> JudgedRow:
    """The row with the values and findings that `frozen` kept."""
    kept = json.loads(text)
    findings = compare.stored_findings(kept["findings"])
    return row._replace(
        findings=findings,
        verdict=verdict_of(findings),
        name=kept["name"],
        name_as_given=kept["name_as_given"],
        kind=DocumentKind(kept["kind"]) if kept["kind"] else None,
        issuer=kept["issuer"],
        number=kept["number"],
        birth=_day(kept["birth"]),
        sex=Sex(kept["sex"]) if kept["sex"] else None,
        phone=CLEAR if kept["phone"] == CLEAR else kept["phone"],
        occupation=Occupation(kept["occupation"]) if kept["occupation"] else None,
        occupation_title=kept["occupation_title"],
        work_relation=WorkRelation(kept["work_relation"]) if kept["work_relation"] else None,
        joined_on=_day(kept["joined_on"]),
        insurance=_insurance(kept.get("insurance")),
        real_name_on=_day(kept.get("real_name_on")),
    )


def _insurance(text: str | None) -> BasicInsurance | Clear | None:
    if not text:
        return None
    return CLEAR if text == CLEAR else BasicInsurance(text)


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def subject(row: JudgedRow, enterprise: int | None, columns: Sequence[int]) -> bytes:
    """The index of what a decision was about: the cells, who they were read as, where, and which cells
    feed the field.
    """
    cells = [cell if isinstance(cell, str) else text_of(cell) for cell in row.cells]
    said = [clean(row.sheet, 60), row.row, cells, row.name, row.kind, row.issuer, row.number]
    return keyring().digest(json.dumps([*said, enterprise, list(columns)]), "roster.row")


def columns_of(sheets: Iterable[Mapping[str, Any]], sheet: str, field: Field | None) -> list[int]:
    """Indexes of the columns that feed a field, in `Roster.sheets`."""
    return [
        column["index"]
        for one in sheets
        if one["name"] == sheet and field is not None
        for column in one["columns"]
        if column["field"] == field.value
    ]


def made(decision: RowDecision) -> Made:
    """The stored decision as data."""
    field = Field(decision.field) if decision.field else None
    return Made(RowChoice(decision.choice), Code(decision.code), field, decision.value or "")


def decisions_by_line(roster: Roster, lines: Iterable[Line] | None = None) -> dict[Line, list[RowDecision]]:
    """The roster's decisions, in the order made, of all its lines or of some."""
    found = RowDecision.objects.filter(roster=roster).order_by("pk")
    if lines is not None:
        found = found.filter(row__in={row for _sheet, row in lines})
    by_line: dict[Line, list[RowDecision]] = {}
    for decision in found:
        by_line.setdefault((decision.sheet, decision.row), []).append(decision)
    return by_line


# -- judging again


def replay(roster: Roster, rows: list[JudgedRow], places: dict[Named, Place]) -> None:
    """Puts, in place, what was decided before into rows that read as they did then; `roster.sheets` are
    those of this judging.
    """
    known = decisions_by_line(roster)
    if not known:
        return
    for at, row in enumerate(rows):
        decisions = known.get((clean(row.sheet, 60), row.row))
        if decisions:
            rows[at] = _replayed(row, decisions, places, roster.sheets)


def _replayed(
    row: JudgedRow,
    decisions: list[RowDecision],
    places: dict[Named, Place],
    sheets: Sequence[Mapping[str, Any]],
) -> JudgedRow:
    place = places[row.credit_code, row.enterprise_name]
    if place.finding is not None:
        row = _told(row, place)
    valid = []
    for decision in decisions:
        field = Field(decision.field) if decision.field else None
        now = subject(row, place.enterprise_id, columns_of(sheets, clean(row.sheet, 60), field))
        if now == bytes(decision.subject):
            valid.append(made(decision))
    decided = decide(row, valid, clock.today())
    if place.finding is not None and place.finding.code not in decided.codes:
        decided = decided._replace(enterprise_name=None)
        places[decided.credit_code, None] = Place(place.enterprise_id)
    return decided


def _told(row: JudgedRow, place: Place) -> JudgedRow:
    """The row with what its enterprise gave rise to, as staging would add it."""
    assert place.finding is not None
    if place.finding.code in row.codes:
        return row
    findings, verdict = stage.with_finding(row.findings, row.verdict, place.finding)
    return row._replace(findings=findings, verdict=verdict)


def drop_known_pairs(rows: list[JudgedRow]) -> None:
    """Takes away, in place, "may be the same person as row …" where both documents are on file: whether
    they are one person was asked when the second of them came, and is not asked again.
    """
    asked = {
        at: found
        for at, row in enumerate(rows)
        if row.findings
        for found in row.findings
        if found.code is Code.POSSIBLE_SAME_PERSON
    }
    if not asked:
        return
    by_line = {(row.sheet, str(row.row)): row for row in rows}
    pairs: dict[int, tuple[bytes, bytes]] = {}
    for at, finding in asked.items():
        sheet, _mark, line = finding.params["row"].rpartition("!")
        other = by_line.get((sheet or rows[at].sheet, line))
        number = rows[at].number
        if other is not None and other.number and number:
            pairs[at] = number_digest(number), number_digest(other.number)
    digests = {digest for pair in pairs.values() for digest in pair}
    live = IdentityDocument.objects.filter(number_digest__in=digests, retired_at__isnull=True)
    known = {bytes(digest) for digest in live.values_list("number_digest", flat=True)}
    for at, pair in pairs.items():
        if known.issuperset(pair):
            findings = tuple(f for f in rows[at].findings if f.code is not Code.POSSIBLE_SAME_PERSON)
            rows[at] = rows[at]._replace(findings=findings, verdict=verdict_of(findings))


# -- settling


def resettle(roster: Roster, rows: Sequence[RosterRow]) -> None:
    """Writes the rows as their decisions make them, compares them and their person's other rows with the
    register again, and sums the roster up; within the caller's transaction.
    """
    known = decisions_by_line(roster, [(row.sheet, row.row) for row in rows])
    touched = {row.pk: row for row in rows}
    digests = {bytes(row.number_digest) for row in rows if row.number_digest}
    for row in rows:
        _write(row, known.get((row.sheet, row.row), []))
    RosterRow.objects.bulk_update(rows, _WRITTEN, batch_size=_BATCH)
    digests |= {bytes(row.number_digest) for row in rows if row.number_digest}
    peers = list(_peers(roster, digests, touched))
    for row in peers:
        plain = judged_row(row)
        row.codes, row.verdict = json.loads(stage.stored(plain.findings)), plain.verdict.value
    RosterRow.objects.bulk_update(peers, ("codes", "verdict"), batch_size=_BATCH)
    _compare(roster, sorted([*rows, *peers], key=lambda row: row.pk))
    sum_up(roster)


def _peers(roster: Roster, digests: set[bytes], touched: Mapping[int, RosterRow]) -> Iterable[RosterRow]:
    """Rows of the same people. What has gone into the register already keeps its account."""
    found = RosterRow.objects.filter(roster=roster, number_digest__in=digests).exclude(pk__in=touched)
    if roster.state == RosterState.APPLIED:
        return found.filter(verdict=RowVerdict.HOLD)
    return found.exclude(verdict=RowVerdict.REJECT)


def put_back(row: RosterRow, before: str) -> None:
    """The row's columns as it was judged; in memory."""
    _fill(row, thawed(before, judged_row(row)))


def _write(row: RosterRow, decisions: list[RowDecision]) -> None:
    """The row's columns from what it was before any decision and the decisions."""
    plain = judged_row(row)
    if decisions:
        plain = thawed(decisions[0].before, plain)
    _fill(row, decide(plain, map(made, decisions), clock.today()))


def _fill(row: RosterRow, decided: JudgedRow) -> None:
    row.name = clean(decided.name or "", 100)
    row.name_key = name_key(row.name)
    row.document_kind, row.issuer = decided.kind or "", decided.issuer
    row.number = decided.number
    row.number_digest = number_digest(decided.number) if decided.number else None
    row.phone = None if decided.phone is CLEAR else decided.phone
    row.phone_digest = phone_digest(row.phone) if row.phone else None
    row.sex, row.birth_date, row.joined_on = decided.sex or "", decided.birth, decided.joined_on
    row.occupation, row.occupation_as_given = decided.occupation or "", decided.occupation_title or ""
    row.work_relation = decided.work_relation or ""
    row.basic_insurance = "" if decided.insurance is CLEAR else decided.insurance or ""
    row.real_name_checked_on = decided.real_name_on
    row.verdict = decided.verdict.value
    row.codes = json.loads(stage.stored(decided.findings))


def _compare(roster: Roster, rows: Sequence[RosterRow]) -> None:
    """The same comparison with the register as when judging, for these rows alone."""
    stage.open_stage()
    sql.run(SQL, "stage_some", {"roster": roster.pk, "rows": [row.pk for row in rows]})
    compare.match()
    compare.find_unusual([judged_row(row) for row in rows])
    sql.run(SQL, "keep_again", {"roster": roster.pk, "confined": roster.as_clerk})


def sum_up(roster: Roster) -> None:
    """The counts, and the digest that names exactly these rows."""
    roster.counts = sql.rows(SQL, "sum_up", {"roster": roster.pk})[0]
    roster.verdict_digest = roster.counts.pop("digest")


def mark_applied(roster: Roster) -> None:
    """The decisions on accepted rows are in the register now and cannot be undone."""
    accepted = RosterRow.objects.filter(roster=roster, verdict=RowVerdict.ACCEPT)
    waiting = RowDecision.objects.filter(roster=roster, applied_at__isnull=True)
    lines = set(waiting.values_list("sheet", "row"))
    gone = set(accepted.filter(row__in={row for _s, row in lines}).values_list("sheet", "row"))
    pks = [d.pk for d in waiting if (d.sheet, d.row) in gone]
    RowDecision.objects.filter(pk__in=pks).update(applied_at=clock.now())


def settled_rows(roster: Roster) -> list[RosterRow]:
    """Accepted rows whose decisions have not gone into the register yet."""
    lines = set(
        RowDecision.objects.filter(roster=roster, applied_at__isnull=True).values_list("sheet", "row")
    )
    found = RosterRow.objects.filter(Q(roster=roster, verdict=RowVerdict.ACCEPT))
    return [row for row in found.filter(row__in={row for _s, row in lines}) if (row.sheet, row.row) in lines]
