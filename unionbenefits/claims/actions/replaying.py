"""Replays: all past decisions decided again under other terms, in the background, before those terms hold.

Workers are taken in blocks, each a transaction that also moves `reached` and the counts: stopped, killed or
failed at any moment, the work goes on behind the last block, and nothing is counted twice. Only differences
are written down; no decision, claim or payment is touched.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.claims.again import Again, Past, decide_again, reasons_of
from unionbenefits.claims.enums import ClaimState, DecisionState, ReplayState
from unionbenefits.claims.frozen import facts_of, lines_of, parts_document
from unionbenefits.claims.models import Claim, Decision, Replay, ReplayDifference
from unionbenefits.claims.queries import terms_of
from unionbenefits.claims.rules import RULESETS
from unionbenefits.core import clock, jobs
from unionbenefits.core.copy import copy_rows
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO
from unionbenefits.core.scope import EVERYTHING, Scope
from unionbenefits.plans.models import PlanVersion
from unionbenefits.unions.models import Union

RUN_REPLAY = "claims.run_replay"
OPEN = (ReplayState.WAITING, ReplayState.RUNNING)
# Claims of a block: about half a second, so that a bar moves and a stop is soon heard.
BLOCK = 2_000
_COLUMNS = (
    "replay_id",
    "decision_id",
    "outcome_before",
    "outcome_after",
    "amount_before",
    "amount_after",
    "reasons",
)
_DECIDED = (ClaimState.APPROVED, ClaimState.REJECTED)

logger = logging.getLogger(__name__)


def start_replay(*, by: User, plan_version: PlanVersion, ruleset: str, office: Union | None) -> Replay:
    """Queues a replay of the decisions of the plan, of workers of `office` and below (None: of all).

    A second press finds the replay of the first. Raises Refusal `ruleset_unknown`.
    """
    if ruleset not in RULESETS:
        raise Refusal("ruleset_unknown", _("There is no such ruleset. Choose one of the list."))
    with act("replay.start", by=by) as doing:
        PlanVersion.objects.select_for_update(no_key=True).get(pk=plan_version.pk)
        same = Replay.objects.filter(
            plan_version=plan_version, ruleset=ruleset, office=office, state__in=OPEN, stop_asked=False
        )
        replay: Replay | None = same.first()
        if replay is None:
            replay = Replay.objects.create(
                plan_version=plan_version,
                ruleset=ruleset,
                office=office,
                started_by=by,
                started_at=clock.now(),
            )
            _enqueue(replay)
        doing.about, doing.data = replay, {"plan_version": plan_version.pk, "ruleset": ruleset}
    return replay


def stop_replay(*, by: User, replay: Replay) -> bool:
    """It stops behind the block that it works on; what was found stays. False where it is over."""
    with act("replay.stop", by=by) as doing:
        found = _lock(replay.pk)
        doing.about = found
        if found.state not in OPEN:
            return False
        found.stop_asked = True
        if found.state == ReplayState.WAITING:
            found.state, found.ended_at = ReplayState.STOPPED, clock.now()
        found.save(update_fields=["stop_asked", "state", "ended_at"])
    return True


def resume_replay(*, by: User, replay: Replay) -> Replay:
    """Goes on behind the last block of a replay that was stopped or failed. Raises Refusal `replay_state`."""
    with act("replay.resume", by=by) as doing:
        found = _lock(replay.pk)
        doing.about = found
        if found.state in OPEN:
            return found
        if found.state not in (ReplayState.STOPPED, ReplayState.FAILED):
            raise Refusal("replay_state", _("This replay is complete. Start a new one."))
        found.state, found.stop_asked, found.failure, found.ended_at = ReplayState.WAITING, False, "", None
        found.save(update_fields=["state", "stop_asked", "failure", "ended_at"])
        _enqueue(found)
    return found


def run_replay(*, replay: int) -> None:
    """The work of the job, block after block. May run twice: what is done is not done again."""
    try:
        if not _begin(replay):
            return
        while _block(replay):
            pass
    except Exception:
        logger.exception("replay failed", extra={"replay": replay})
        Replay.objects.filter(pk=replay, state__in=OPEN).update(
            state=ReplayState.FAILED,
            failure=_("The fault has been logged. What was found so far stays; it can be continued."),
            ended_at=clock.now(),
        )


def decisions_of(replay: Replay) -> "QuerySet[Decision]":
    """The decisions that the replay is about."""
    found: QuerySet[Decision] = Decision.objects.in_scope(scope_of_replay(replay)).filter(
        state=DecisionState.APPROVED,
        plan_version__plan=replay.plan_version.plan_id,
        approved_at__lt=replay.started_at,
    )
    return found


def scope_of_replay(replay: Replay) -> Scope:
    """Whose decisions: those of its office, or everybody's."""
    return EVERYTHING if replay.office is None else Scope(union_paths=(replay.office.path,))


def _enqueue(replay: Replay) -> None:
    jobs.enqueue(RUN_REPLAY, key=f"replay:{replay.pk}", replay=replay.pk)


def _lock(key: int) -> Replay:
    related = Replay.objects.select_related("office", "plan_version")
    found: Replay = related.select_for_update(of=("self",), no_key=True).get(pk=key)
    return found


def _begin(key: int) -> bool:
    """Counts what there is to do, once; False where the replay is over."""
    with transaction.atomic():
        replay = _lock(key)
        if replay.state not in OPEN:
            return False
        if not replay.reached:
            replay.total = decisions_of(replay).count()
        replay.state = ReplayState.RUNNING
        replay.save(update_fields=["total", "state"])
    return True


def _block(key: int) -> bool:
    """The next workers; False when there are none, or somebody asked to stop."""
    with transaction.atomic():
        replay = _lock(key)
        if replay.state != ReplayState.RUNNING:
            return False
        last = None if replay.stop_asked else _last_of_block(replay)
        if last is None:
            _end(replay)
            return False
        rows = _rows(replay, last)
        differences = _judged(replay, rows)
        copy_rows(ReplayDifference._meta.db_table, _COLUMNS, (one.row for one in differences))
        _count(replay, rows, differences, last)
    return True


def _last_of_block(replay: Replay) -> int | None:
    """The last worker of the next block; a worker is never cut in two. None when nobody is left."""
    claims = Claim.objects.filter(worker__gt=replay.reached, state__in=_DECIDED).order_by("worker_id")
    workers = list(claims.values_list("worker_id", flat=True)[:BLOCK])
    return workers[-1] if workers else None


def _rows(replay: Replay, last: int) -> list[dict[str, Any]]:
    decisions = decisions_of(replay).filter(claim__worker__gt=replay.reached, claim__worker__lte=last)
    rows: Any = decisions.order_by("claim__worker_id", "approved_at", "pk").values(
        "pk", "facts", "computed_outcome", "outcome", "amount", worker=F("claim__worker_id")
    )
    return list(rows)


@dataclass(frozen=True, slots=True)
class _Difference:
    """A row to be, and by how much more 元 it pays."""

    row: tuple[Any, ...]
    more: Decimal


def _judged(replay: Replay, rows: Iterable[dict[str, Any]]) -> list[_Difference]:
    terms, rules = terms_of(replay.plan_version), RULESETS[replay.ruleset]
    changed: list[tuple[dict[str, Any], Again]] = []
    for _worker, own in groupby(rows, key=lambda row: row["worker"]):
        known = list(own)
        for row, again in zip(known, decide_again(map(_past, known), terms, rules), strict=True):
            if (again.outcome, again.amount) != (row["outcome"], row["amount"]):
                changed.append((row, again))
    lines = dict(Decision.objects.filter(pk__in=[row["pk"] for row, _ in changed]).values_list("pk", "lines"))
    return [_difference(replay, row, again, lines[row["pk"]]) for row, again in changed]


def _past(row: dict[str, Any]) -> Past:
    return Past(row["pk"], facts_of(row["facts"]), row["computed_outcome"], row["outcome"], row["amount"])


def _difference(
    replay: Replay, row: dict[str, Any], again: Again, lines: list[dict[str, Any]]
) -> _Difference:
    reasons = parts_document(reasons_of(again, lines_of(lines)))
    columns = (replay.pk, row["pk"], row["outcome"], again.outcome, row["amount"], again.amount)
    return _Difference((*columns, json.dumps(reasons, ensure_ascii=False)), again.amount - row["amount"])


def _count(replay: Replay, rows: list[dict[str, Any]], differences: list[_Difference], last: int) -> None:
    before: Decimal = sum((row["amount"] for row in rows), ZERO)
    moved: Decimal = sum((one.more for one in differences), ZERO)
    replay.done += len(rows)
    replay.changed += len(differences)
    replay.amount_before += before
    replay.amount_after += before + moved
    replay.reached = last
    replay.save(update_fields=["done", "changed", "amount_before", "amount_after", "reached"])


def _end(replay: Replay) -> None:
    """Decisions that were voided since the count make the total smaller."""
    replay.state = ReplayState.STOPPED if replay.stop_asked else ReplayState.DONE
    replay.total = max(replay.total, replay.done) if replay.stop_asked else replay.done
    replay.ended_at = clock.now()
    replay.save(update_fields=["state", "total", "ended_at"])
