"""Drafts: kept on the server at each step, so that a lost connection loses nothing (case C106)."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.actions.common import changed, expect_reason, expect_state, expect_version, lock
from unionbenefits.claims.actions.money import stop_what_is_due
from unionbenefits.claims.enums import ClaimState, FiledThrough
from unionbenefits.claims.findings import find
from unionbenefits.claims.models import Claim
from unionbenefits.claims.queries import coverage_for
from unionbenefits.claims.texts import tidied
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.plans.actions import protect
from unionbenefits.plans.periods import last_day
from unionbenefits.workers.models import BankAccount, Worker


def start_draft(*, by: Actor, worker: Worker, key: uuid.UUID) -> Claim:
    """The claim of a form; the same key always gives the same claim, however often it is sent.

    Raises NotFound for a key that belongs to another worker.
    """
    return _start(by, worker, key, {})


def start_draft_for_worker(*, by: User, worker: Worker, key: uuid.UUID, reason: str) -> Claim:
    """The same by an officer for the worker: kept apart in the record from the first tap on, with the reason.

    Raises as `start_draft`, and Refusal `reason_missing`.
    """
    origin = {
        "filed_through": FiledThrough.OFFICER,
        "filed_by": by,
        "filing_reason": expect_reason(reason)[:200],
    }
    return _start(by, worker, key, origin)


def save_step(*, by: Actor, claim: Claim, step: int, values: dict[str, Any]) -> Claim:
    """Keeps what one step of the form says, in a draft or where the worker was asked for more.

    Raises FactsRefused for amounts and dates that cannot be read, Refusal `dates_impossible` or
    `claim_state`; TypeError for a field that no claim has.
    """
    columns = tidied(values)
    with act("claim.save_step", by=by) as doing:
        claim = lock(claim)
        expect_state(claim, ClaimState.DRAFT, ClaimState.ASKED)
        _write(claim, columns)
        claim.step = max(claim.step, step)
        claim.save(update_fields=[*columns, "step"])
        _hold_against_cover(by, claim, columns)
        changed(claim, by, "worker_changed")
        doing.about, doing.data = claim, {"step": step, "fields": sorted(values)}
    return claim


def correct(*, by: Actor, claim: Claim, version: int, values: dict[str, Any], reason: str) -> Claim:
    """An officer puts right what was submitted; what the worker wrote stays in its version (case C114).

    Whatever was decided is void, and money that is still due is no longer owed. Raises as `save_step`, and
    `claim_changed`, `reason_missing` or `payment_under_way`.
    """
    reason, columns = expect_reason(reason), tidied(values)
    with act("claim.correct", by=by) as doing:
        claim = lock(claim)
        expect_version(claim, version)
        expect_state(
            claim,
            ClaimState.FILED,
            ClaimState.ASKED,
            ClaimState.DECIDED,
            ClaimState.REVIEWED,
            ClaimState.APPROVED,
        )
        stop_what_is_due(by, claim, reason)
        _write(claim, columns)
        claim.save(update_fields=[*columns])
        _hold_against_cover(by, claim, columns)
        changed(claim, by, "officer_corrected")
        find([claim.pk])
        doing.about, doing.data = claim, {"fields": sorted(values), "reason": reason[:200]}
    return claim


def _start(by: Actor, worker: Worker, key: uuid.UUID, origin: dict[str, Any]) -> Claim:
    with act("claim.start", by=by) as doing:
        begun = {"worker": worker, "created_at": clock.now(), "payee_name": worker.name}
        begun |= _own_account(worker)
        claim, made = Claim.objects.get_or_create(key=key, defaults=begun | origin)
        if claim.worker_id != worker.pk:
            raise NotFound("claim_unknown", _("There is no such claim."))
        doing.about, doing.data = claim, {"new": made}
    return claim


def _own_account(worker: Worker) -> dict[str, Any]:
    """What the worker wrote down under “My data”, to begin with; the draft may say another."""
    kept = BankAccount.objects.filter(worker=worker).first()
    return {} if kept is None else tidied({"account": kept.account, "bank_name": kept.bank_name})


def check_dates(claim: Claim) -> None:
    """Refuses `dates_impossible`: discharge or settlement before admission, or a day to come (case C112)."""
    today, admitted = clock.today(), claim.admitted
    days = [day for day in (claim.admitted, claim.discharged, claim.settled) if day is not None]
    backwards = admitted is not None and any(day < admitted for day in days)
    if backwards or any(day > today for day in days):
        raise Refusal(
            "dates_impossible",
            _("The dates cannot be right: none may lie in the future, and admission comes first."),
        )


def _write(claim: Claim, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(claim, name, value)
    check_dates(claim)


def rely_on_cover(by: Actor, claim: Claim) -> None:
    """Cover that a filed claim relies on cannot be ended under it: until discharge, within the period."""
    assert claim.coverage is not None
    assert claim.discharged is not None
    last = last_day(claim.coverage.live_period)
    if last is not None and claim.admitted in claim.coverage.live_period:
        protect(by=by, coverage=claim.coverage, until=min(claim.discharged, last))


def _hold_against_cover(by: Actor, claim: Claim, columns: dict[str, Any]) -> None:
    """Other dates may lie in another period: the cover is found anew, as at filing."""
    if claim.coverage_id is None or not columns.keys() & {"admitted", "discharged"}:
        return
    assert claim.admitted is not None
    claim.coverage = coverage_for(claim.worker, claim.admitted, claim.discharged)
    claim.save(update_fields=["coverage"])
    rely_on_cover(by, claim)
