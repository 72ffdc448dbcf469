"""Pairs of a document and a person on file: decided once, remembered for every roster, withdrawn by name."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.workers.models import (
    IdentityDocument,
    PairDecision,
    Roster,
    RosterRow,
    RowDecision,
    Worker,
)
from unionbenefits.workers.roster import deciding
from unionbenefits.workers.roster.choices import PAIRS
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import Finding
from unionbenefits.workers.roster.states import PairAnswer, RowChoice


def other_side(
    roster: Roster, row: RosterRow, finding: Finding, wish: tuple[RowChoice, str], scope: Scope
) -> list[int]:
    """Who on file the row may be. Whoever decides it must see them: the officer above both units (C072)."""
    choice, value = wish
    workers = deciding.likely_workers(roster, [(row, finding)])[0]
    if value:
        workers = [worker for worker in workers if str(worker) == value]
    if choice is not RowChoice.APART and len(workers) != 1:
        raise Refusal("decision_value", _("Choose which of the people on file it is."))
    visible = Worker.objects.in_scope(scope).filter(pk__in=workers)
    if visible.count() != len(set(workers)):
        raise out_of_reach()
    return workers


def out_of_reach() -> Refusal:
    """The refusal of a pair whose other side belongs to somebody else's unit."""
    return Refusal(
        "pair_out_of_reach",
        _("The other record belongs to another unit. An officer above both units decides this."),
    )


def remember(
    row: RosterRow,
    workers: Sequence[int],
    choice: RowChoice,
    finding: Finding,
    acting: tuple[User, Any],
) -> None:
    """Keeps the answer for all rosters to come. In-file pairs have nobody on file yet: they need none."""
    by, now = acting
    about_name = finding.code is Code.NAME_DIFFERS
    key = {"kind": row.document_kind, "issuer": row.issuer, "number_digest": row.number_digest}
    live = PairDecision.objects.filter(**key, worker__in=workers, withdrawn_at__isnull=True)
    if choice is RowChoice.RENAMED:
        live.filter(answer=PairAnswer.RENAMED).update(withdrawn_by=by, withdrawn_at=now)
    name_key = row.name_key if about_name else ""
    pairs = [
        PairDecision(
            **key,
            worker_id=worker,
            name_key=name_key,
            answer=PairAnswer(choice.value),
            decided_by=by,
            decided_at=now,
        )
        for worker in workers
    ]
    try:
        with transaction.atomic():
            PairDecision.objects.bulk_create(pairs)
    except IntegrityError:
        raise Refusal(
            "pair_decided",
            _("It was already decided whether these are one person. Withdraw that decision first."),
        ) from None


def withdraw_pair(*, by: User, pair: PairDecision, scope: Scope | None = None) -> PairDecision:
    """The pair is asked about again from now on. Raises Refusal `pair_in_force` where the document has
    joined the person's others meanwhile, NotFound outside the scope of `by`. Again = nothing.
    """
    reach = scope if scope is not None else scope_of(by)
    with act("pair.withdraw", by=by) as doing:
        found = PairDecision.objects.in_scope(reach).select_for_update(of=("self",)).filter(pk=pair.pk)
        locked: PairDecision | None = found.first()
        if locked is None:
            raise NotFound("pair_not_found", _("This decision does not exist or is not yours."))
        if locked.withdrawn_at is None:
            if _has_joined(locked):
                raise Refusal(
                    "pair_in_force",
                    _("The document was entered as this person's. Ask the administrator to part them."),
                )
            locked.withdrawn_by, locked.withdrawn_at = by, clock.now()
            locked.save()
        doing.about = locked
    return locked


def _has_joined(pair: PairDecision) -> bool:
    return (
        pair.answer == PairAnswer.SAME
        and not pair.name_key
        and IdentityDocument.objects.filter(
            worker=pair.worker_id,
            kind=pair.kind,
            issuer=pair.issuer,
            number_digest=pair.number_digest,
        ).exists()
    )


def workers_of_act(by: User, at: dt.datetime) -> list[int]:
    """Whom the pairs are about that one act has decided."""
    made = PairDecision.objects.filter(decided_by=by, decided_at=at)
    return list(made.values_list("worker_id", flat=True))


def forget(by: User, decision: RowDecision, scope: Scope) -> list[int]:
    """Withdraws the pairs that the same act has decided; whom they are about."""
    if decision.choice not in PAIRS:
        return []
    pairs = PairDecision.objects.filter(
        decided_by=decision.decided_by, decided_at=decision.decided_at, withdrawn_at__isnull=True
    )
    if pairs.count() != pairs.in_scope(scope).count():
        raise out_of_reach()
    workers = list(pairs.values_list("worker_id", flat=True))
    pairs.update(withdrawn_by=by, withdrawn_at=clock.now())
    return workers
