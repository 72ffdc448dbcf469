"""What a screen asks about held rows: which decisions are open, who is on the other side, how many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Prefetch

from unionbenefits.core import clock, sql
from unionbenefits.core.scope import Scope
from unionbenefits.workers.models import IdentityDocument, Membership, Roster, RosterRow, RowDecision, Worker
from unionbenefits.workers.roster import compare, settling
from unionbenefits.workers.roster.choices import ALLOWED, in_bulk
from unionbenefits.workers.roster.codes import Code, Severity
from unionbenefits.workers.roster.decide import Option, is_register_finding, options
from unionbenefits.workers.roster.facts import Finding
from unionbenefits.workers.roster.stage import SQL
from unionbenefits.workers.roster.states import RowChoice, RowVerdict


class Question(NamedTuple):
    """A kind of finding that holds rows: how many, and what may be decided for all of them."""

    code: Code
    rows: int
    in_bulk: tuple[RowChoice, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A person on file whom a row may be, as far as the officer may see; `worker` None: another unit's."""

    key: int
    worker: Worker | None


def options_of(roster: Roster, row: RosterRow, finding: Finding) -> list[Option]:
    """The decisions open for a finding of a held row."""
    if row.verdict != RowVerdict.HOLD or finding.severity is not Severity.HOLD:
        return []
    columns = settling.columns_of(roster.sheets, row.sheet, finding.field)
    plain = settling.judged_row(row)
    return options(finding, plain, columns, clock.today(), placed=row.enterprise_id is not None)


def likely_workers(roster: Roster, asked: Sequence[tuple[RosterRow, Finding]]) -> list[list[int]]:
    """Per row and finding, keys of those on file whom a pair decision is about; none within the file."""
    within = [
        (row, finding.params.get("row", ""))
        for row, finding in asked
        if finding.code is Code.POSSIBLE_SAME_PERSON
    ]
    holders = _holders(roster, within) if within else {}
    return [_likely(row, finding, holders) for row, finding in asked]


def _likely(row: RosterRow, finding: Finding, holders: Mapping[tuple[int, str], list[int]]) -> list[int]:
    named = finding.params.get("workers")
    if named:
        return [int(worker) for worker in named.split(",")]
    if finding.code is Code.POSSIBLE_SAME_PERSON:
        return holders.get((row.pk, finding.params.get("row", "")), [])
    return [row.worker_id] if is_register_finding(finding) and row.worker_id else []


def _holders(roster: Roster, within: Sequence[tuple[RosterRow, str]]) -> dict[tuple[int, str], list[int]]:
    """The holders, on file, of the documents of the rows pointed to (`4`, or `sheet!4`)."""
    wanted = {}
    for row, place in within:
        sheet, _mark, line = place.rpartition("!")
        wanted[row.pk, place] = (sheet or row.sheet, int(line))
    lines = {line for _sheet, line in wanted.values()}
    others = {(row.sheet, row.row): row for row in RosterRow.objects.filter(roster=roster, row__in=lines)}
    live = IdentityDocument.objects.filter(
        number_digest__in=[row.number_digest for row in others.values() if row.number_digest],
        retired_at__isnull=True,
    )
    holder = {(bytes(d.number_digest), d.kind, d.issuer): d.worker_id for d in live}
    found = {}
    for key, place_of_other in wanted.items():
        other = others.get(place_of_other)
        if other is not None and other.number_digest is not None:
            document = bytes(other.number_digest), other.document_kind, other.issuer
            found[key] = [holder[document]] if document in holder else []
    return found


def rows_for(roster: Roster, code: Code, choice: RowChoice) -> list[RosterRow]:
    """The held rows with the finding for which the decision is open, in file order."""
    held = RosterRow.objects.filter(roster=roster, verdict=RowVerdict.HOLD).order_by("pk")
    found = []
    for row in held.filter(codes__contains=[{"code": code.value}]):
        for finding in compare.stored_findings(row.codes):
            if finding.code is code and any(o.choice is choice for o in options_of(roster, row, finding)):
                found.append(row)
                break
    return found


def questions(roster: Roster) -> list[Question]:
    """What holds the roster's rows, the most frequent first."""
    codes = [code.value for code in ALLOWED]
    counted = sql.rows(SQL, "questions", {"roster": roster.pk, "codes": codes})
    return [Question(Code(one["code"]), one["rows"], in_bulk(Code(one["code"]))) for one in counted]


def decisions_about(roster: Roster, rows: Iterable[RosterRow]) -> dict[settling.Line, list[RowDecision]]:
    """The decisions on these rows, by whom and when included, in the order made."""
    lines = {(row.sheet, row.row) for row in rows}
    found = RowDecision.objects.filter(roster=roster, row__in={row for _sheet, row in lines})
    by_line: dict[settling.Line, list[RowDecision]] = {}
    for decision in found.select_related("decided_by").order_by("pk"):
        if (decision.sheet, decision.row) in lines:
            by_line.setdefault((decision.sheet, decision.row), []).append(decision)
    return by_line


def sides(workers: Iterable[int], scope: Scope) -> Mapping[int, Side]:
    """The people with these keys, their documents and their memberships as far as the scope reaches.

    Of somebody outside the scope nothing is told but that they belong to another unit (cases C072, C082).
    """
    keys = set(workers)
    seen = {
        worker.pk: worker
        for worker in Worker.objects.in_scope(scope)
        .filter(pk__in=keys)
        .prefetch_related(
            "documents",
            Prefetch("memberships", Membership.objects.in_scope(scope).select_related("enterprise")),
        )
    }
    return {key: Side(key, seen.get(key)) for key in keys}


def latest_decision(roster: Roster) -> RowDecision | None:
    """The last decision made on the roster, by whomever."""
    made = RowDecision.objects.filter(roster=roster).select_related("decided_by")
    latest: RowDecision | None = made.order_by("-decided_at", "-pk").first()
    return latest


def decided_count(roster: Roster) -> int:
    """Rows on which somebody has decided."""
    return int(RowDecision.objects.filter(roster=roster).values("sheet", "row").distinct().count())


def settled_count(roster: Roster) -> int:
    """Rows of an applied roster that were settled since and wait to be written."""
    return len(settling.settled_rows(roster))
