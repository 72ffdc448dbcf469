"""Held rows settled by officers: decide, decide alike for many, undo, apply what was settled later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.workers.models import Roster, RosterRow, RowDecision
from unionbenefits.workers.names import Likeness, compare_names
from unionbenefits.workers.roster import compare, deciding, leaving, pairs, settling
from unionbenefits.workers.roster.actions import check_reach
from unionbenefits.workers.roster.choices import IN_BULK, PAIRS
from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.decide import Option, find
from unionbenefits.workers.roster.facts import Field, Finding
from unionbenefits.workers.roster.merge import Raced, Stale, merge_settled, races_told
from unionbenefits.workers.roster.states import RosterState, RowChoice, RowVerdict

SETTLED_IN: Final = (RosterState.JUDGED, RosterState.APPLIED)
"""A roster's held rows are settled before it is confirmed, or later, when the others are in the register."""
_RACES: Final = 8


@dataclass(frozen=True, slots=True)
class _Wish:
    """What an officer decides about one finding."""

    code: Code
    field: Field | None
    choice: RowChoice
    value: str


def settle_row(
    *,
    by: User,
    roster: Roster,
    row: int,
    code: str,
    field: str,
    choice: str,
    value: str = "",
    scope: Scope | None = None,
) -> Roster:
    """Settles one finding of a held row; counts and digest follow, so that previews seen before are stale.

    `row` is the row's key, `value` the chosen value or, of several likely people, the worker's key. Raises
    RosterRefused `roster_stale` where the roster was judged again meanwhile, Refusal `decision_made` where
    somebody has decided, `decision_not_allowed`, `decision_value`, `decision_conflict`,
    `decision_incomplete`, `pair_out_of_reach`, `pair_decided`.
    """
    reach = scope if scope is not None else scope_of(by)
    wish = _wish(code, field, choice, value)
    with act("roster.settle", by=by) as doing:
        locked = _open(roster, reach)
        target = RosterRow.objects.filter(roster=locked, pk=row).first()
        if target is None:
            raise RosterRefused(Code.ROSTER_STALE)
        _settle(by, locked, [target], wish, reach)
        doing.about = locked
        doing.data = {"row": target.row, "sheet": target.sheet, "code": code, "choice": choice}
    return locked


def settle_all(
    *, by: User, roster: Roster, code: str, choice: str, verdict_digest: str, scope: Scope | None = None
) -> Roster:
    """The same decision for every held row with the finding for which it is open.

    Only for decisions of `choices.IN_BULK`. Raises RosterRefused `roster_stale` where the rows are not those
    that `verdict_digest` names: the number that was shown would be another.
    """
    reach = scope if scope is not None else scope_of(by)
    wish = _wish(code, "", choice, "")
    if (wish.code, wish.choice) not in IN_BULK:
        raise _not_allowed()
    with act("roster.settle_all", by=by) as doing:
        locked = _open(roster, reach)
        if locked.verdict_digest != verdict_digest:
            raise RosterRefused(Code.ROSTER_STALE)
        targets = deciding.rows_for(locked, wish.code, wish.choice)
        if targets:
            _settle(by, locked, targets, wish, reach)
        doing.about, doing.data = locked, {"rows": len(targets), "code": code, "choice": choice}
    return locked


def _wish(code: str, field: str, choice: str, value: str) -> _Wish:
    try:
        return _Wish(Code(code), Field(field) if field else None, RowChoice(choice), value.strip())
    except ValueError:
        raise _not_allowed() from None


def _not_allowed() -> Refusal:
    return Refusal("decision_not_allowed", _("This cannot be decided here. Choose one of those shown."))


def _open(roster: Roster, scope: Scope) -> Roster:
    """The roster, locked, in a state whose held rows can be settled and within the officer's scope."""
    found = Roster.objects.in_scope(scope).select_for_update(of=("self",)).select_related("enterprise")
    locked: Roster | None = found.filter(pk=roster.pk).first()
    if locked is None:
        raise NotFound("roster_not_found", _("This roster does not exist or is not yours."))
    if locked.state not in SETTLED_IN:
        raise RosterRefused(Code.ROSTER_STALE)
    return locked


def _settle(by: User, roster: Roster, rows: list[RosterRow], wish: _Wish, scope: Scope) -> None:
    now = clock.now()
    known = settling.decisions_by_line(roster, [(row.sheet, row.row) for row in rows])
    made = [
        _decision(roster, row, known.get((row.sheet, row.row), []), wish, (by, now, scope)) for row in rows
    ]
    RowDecision.objects.bulk_create(made, batch_size=500)
    _settled(roster, rows, pairs.workers_of_act(by, now))


def _settled(roster: Roster, rows: list[RosterRow], workers: Sequence[int]) -> None:
    """Rows, leavers and sums as the decisions now make them; the preview lives on from here."""
    settling.resettle(roster, rows)
    _check(roster, rows)
    if workers:
        leaving.look_again(roster, workers)
        settling.sum_up(roster)
    if roster.state == RosterState.JUDGED:
        roster.judged_at = clock.now()
    roster.save()


def _decision(
    roster: Roster, row: RosterRow, known: list[RowDecision], wish: _Wish, acting: tuple[User, Any, Scope]
) -> RowDecision:
    by, now, scope = acting
    finding = _finding_to_settle(row, known, wish)
    option = _option(roster, row, finding, wish)
    if wish.choice in PAIRS:
        workers = pairs.other_side(roster, row, finding, (wish.choice, wish.value), scope)
        pairs.remember(row, workers, wish.choice, finding, (by, now))
    value = _value(option, wish.value) if wish.choice is RowChoice.CHOSEN else wish.value
    plain = settling.judged_row(row)
    if known:
        plain = settling.thawed(known[0].before, plain)
    columns = settling.columns_of(roster.sheets, row.sheet, finding.field)
    return RowDecision(
        roster=roster,
        sheet=row.sheet,
        row=row.row,
        code=finding.code,
        field=finding.field or "",
        subject=settling.subject(plain, row.enterprise_id, columns),
        choice=wish.choice,
        value=value or None,
        before=settling.frozen(plain),
        decided_by=by,
        decided_at=now,
    )


def _value(option: Option, given: str) -> str:
    """The chosen value: one of those shown, by itself or by its place (`#0`), or what was typed."""
    if not option.values or given in option.values:
        return given
    if given in (places := [f"#{at}" for at in range(len(option.values))]):
        return option.values[places.index(given)]
    raise Refusal("decision_value", _("Choose one of the values shown."))


def _finding_to_settle(row: RosterRow, known: Iterable[RowDecision], wish: _Wish) -> Finding:
    """The finding that the wish is about; the field may be left open where the code says it once."""
    findings = compare.stored_findings(row.codes)
    finding = find(findings, wish.code, wish.field) or next(
        (found for found in findings if found.code is wish.code and wish.field is None), None
    )
    if row.verdict == RowVerdict.HOLD and finding is not None:
        return finding
    before = next((d for d in known if d.code == wish.code or d.choice == RowChoice.LEFT_OUT), None)
    if before is not None:
        raise Refusal(
            "decision_made", _("%(who)s has already decided this row.") % {"who": before.decided_by}
        )
    raise RosterRefused(Code.ROSTER_STALE)


def _option(roster: Roster, row: RosterRow, finding: Finding, wish: _Wish) -> Option:
    option = next((o for o in deciding.options_of(roster, row, finding) if o.choice is wish.choice), None)
    if option is None:
        raise _not_allowed()
    return option


# -- what no decision may lead to


def _check(roster: Roster, rows: Sequence[RosterRow]) -> None:
    """Accepted rows can be written, and of a new person's rows none would be lost behind another name."""
    digests = {bytes(row.number_digest) for row in rows if row.number_digest}
    accepted = RosterRow.objects.filter(roster=roster, verdict=RowVerdict.ACCEPT)
    touched = accepted.filter(pk__in=[row.pk for row in rows])
    if touched.filter(Q(enterprise__isnull=True) | Q(number_digest__isnull=True)).exists():
        raise Refusal(
            "decision_incomplete",
            _("The row still lacks its enterprise or document. Leave it out or mend it."),
        )
    names: dict[tuple[bytes, str, str], str] = {}
    for row in accepted.filter(number_digest__in=digests, worker__isnull=True).order_by("pk"):
        key = bytes(row.number_digest), row.document_kind, row.issuer
        first = names.setdefault(key, row.name)
        if compare_names(first, row.name) is Likeness.DIFFERS:
            raise Refusal(
                "decision_conflict",
                _("Another accepted row has the same document under another name. Leave that row out first."),
            )


# -- undo, and what is settled after the roster was applied


def undo_decision(*, by: User, roster: Roster, decision: int, scope: Scope | None = None) -> Roster:
    """Takes a decision back, with what was remembered by it. Raises Refusal `decision_applied` where the row
    has gone into the register, `pair_out_of_reach`. Undone already = nothing.
    """
    reach = scope if scope is not None else scope_of(by)
    with act("roster.undo", by=by) as doing:
        locked = _open(roster, reach)
        doing.about = locked
        found = RowDecision.objects.filter(roster=locked, pk=decision).first()
        if found is None:
            return locked
        if found.applied_at is not None:
            raise Refusal("decision_applied", _("The row is in the register already; this cannot be undone."))
        workers = pairs.forget(by, found, reach)
        found.delete()
        rows = list(RosterRow.objects.filter(roster=locked, sheet=found.sheet, row=found.row))
        for row in rows:
            settling.put_back(row, found.before)
        _settled(locked, rows, workers)
        doing.data = {"row": found.row, "sheet": found.sheet, "code": found.code, "choice": found.choice}
    return locked


def apply_settled(*, by: User, roster: Roster, verdict_digest: str, scope: Scope | None = None) -> Roster:
    """Writes, of an applied roster, only the rows settled since, in one transaction. Again = nothing.

    Raises RosterRefused `roster_stale` where the rows are not those of `verdict_digest` any more or the
    register has changed; the settled rows are then compared anew and show how they stand.
    """
    reach = scope if scope is not None else scope_of(by)
    for _race in range(_RACES):
        try:
            with races_told():
                return _apply_settled(by, roster, verdict_digest, reach)
        except Raced:
            continue
        except Stale:
            break
    with transaction.atomic():
        locked = _open(roster, reach)
        settling.resettle(locked, settling.settled_rows(locked))
        locked.save()
    raise RosterRefused(Code.ROSTER_STALE)


def _apply_settled(by: User, roster: Roster, verdict_digest: str, scope: Scope) -> Roster:
    with transaction.atomic():
        locked = _open(roster, scope)
        waiting = settling.settled_rows(locked)
        if locked.state != RosterState.APPLIED or locked.verdict_digest != verdict_digest:
            raise RosterRefused(Code.ROSTER_STALE)
        if not waiting:
            return locked
        check_reach(locked, scope)
        with act("roster.apply_settled", by=by) as doing:
            doing.about, doing.data = locked, merge_settled(locked)
            settling.mark_applied(locked)
    return locked
