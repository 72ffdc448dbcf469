"""Past decisions under other terms: what would come out, in blocks, stopped and taken up again."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from tests.claims.scene import Desk, build
from tests.factories import CoverageFactory, MembershipFactory, PlanVersionFactory, UserFactory, WorkerFactory
from unionbenefits.claims import actions
from unionbenefits.claims.actions import replaying
from unionbenefits.claims.actions.replaying import resume_replay, run_replay, start_replay, stop_replay
from unionbenefits.claims.enums import ReplayState
from unionbenefits.claims.frozen import notes_of
from unionbenefits.claims.models import Claim, Decision, Obligation, Replay, ReplayDifference
from unionbenefits.claims.replays import KINDS, of_kind, sums_by_kind
from unionbenefits.claims.rules import RULESET, RULESETS, Code, Outcome, adjudicate
from unionbenefits.claims.rules.verdict import Note
from unionbenefits.claims.wording import sentence
from unionbenefits.core.errors import Refusal

pytestmark = pytest.mark.django_db

STAYS = [("2026-02-01", "2026-02-05"), ("2026-04-01", "2026-04-05"), ("2026-06-01", "2026-06-05")]


def stay(number: int, **values: str) -> dict[str, str]:
    admitted, discharged = STAYS[number]
    return {"admitted": admitted, "discharged": discharged, "settled": discharged} | values


def version_with(desk: Desk, **terms: Any) -> Any:
    return PlanVersionFactory(
        plan=desk.coverage.plan,
        number=2,
        valid_from=dt.date(2027, 1, 1),
        **{"waiting_days": 0, "rates": [Decimal("0.80"), Decimal("0.70")]} | terms,
    )


def replayed(version: Any, by: Any = None, office: Any = None) -> Replay:
    made = start_replay(by=by or UserFactory(), plan_version=version, ruleset=RULESET, office=office)
    run_replay(replay=made.pk)
    made.refresh_from_db()
    return made


def differences(replay: Replay) -> list[tuple[str, str, str, str, str]]:
    """(claim, outcomes, amounts) by claim."""
    rows = ReplayDifference.objects.filter(replay=replay).order_by("decision__claim_id")
    return [
        (
            one.decision.claim.number,
            one.outcome_before,
            one.outcome_after,
            str(one.amount_before),
            str(one.amount_after),
        )
        for one in rows
    ]


def two_stays(desk: Desk) -> tuple[Claim, Claim]:
    first, second = desk.filed(**stay(0)), desk.filed(**stay(1))
    desk.approved(first)
    desk.approved(second)
    return first, second


def test_the_same_terms_change_nothing():
    desk = build(cap_per_period=Decimal("8000.00"))
    two_stays(desk)
    done = replayed(desk.coverage.plan_version)
    assert (done.state, done.total, done.done, done.changed) == (ReplayState.DONE, 2, 2, 0)
    assert done.amount_before == done.amount_after == Decimal("8000.00")
    assert done.ended_at is not None


def test_other_rates_pay_other_amounts_with_the_reason():
    desk = build()
    first, _second = two_stays(desk)
    done = replayed(version_with(desk, rates=[Decimal("0.75"), Decimal("0.70")]))
    assert differences(done) == [(first.number, "pay", "pay", "5600.00", "5250.00")]
    assert (done.amount_before, done.amount_after) == (Decimal("10500.00"), Decimal("10150.00"))
    [one] = done.differences.all()
    with translation.override("en"):
        said = [sentence(note) for note in notes_of(one.reasons)]
    assert said == ["75 % of it, for stay no. 1 of the period"]


def test_a_deductible_and_a_cap_are_named():
    desk = build()
    claim = desk.filed(**stay(0))
    desk.approved(claim)
    done = replayed(version_with(desk, deductible=Decimal("500.00"), cap_per_stay=Decimal("5000.00")))
    assert differences(done) == [(claim.number, "pay", "pay", "5600.00", "5000.00")]
    reasons = [(one["code"], one["amount"]) for one in done.differences.get().reasons]
    assert reasons == [("deductible", "-500.00"), ("rate", "5200.00"), ("cap_per_stay", "-200.00")]


def test_a_cap_that_falls_away_is_told_by_the_rate_alone():
    desk = build(cap_per_stay=Decimal("5000.00"))
    claim = desk.filed(**stay(0))
    desk.approved(claim)
    done = replayed(version_with(desk))
    assert differences(done) == [(claim.number, "pay", "pay", "5000.00", "5600.00")]
    assert [note["code"] for note in done.differences.get().reasons] == ["rate"]


def test_a_stay_that_is_now_rejected_gives_its_ordinal_to_the_next():
    desk = build()
    desk.coverage.first_enrolment = True
    desk.coverage.save(update_fields=["first_enrolment"])
    first, second = two_stays(desk)
    done = replayed(version_with(desk, waiting_days=60))
    assert differences(done) == [
        (first.number, "pay", "reject", "5600.00", "0.00"),
        (second.number, "pay", "pay", "4900.00", "5600.00"),
    ]
    assert [note["code"] for note in done.differences.first().reasons] == ["waiting_period"]


def test_a_first_stay_that_gets_less_leaves_more_of_the_cap():
    desk = build(cap_per_period=Decimal("8000.00"))
    first, second = two_stays(desk)
    done = replayed(
        version_with(desk, cap_per_period=Decimal("8000.00"), rates=[Decimal("0.50"), Decimal("0.70")])
    )
    assert differences(done) == [
        (first.number, "pay", "pay", "5600.00", "3500.00"),
        (second.number, "pay", "pay", "2400.00", "4500.00"),
    ]
    assert done.amount_before == done.amount_after == Decimal("8000.00")


def test_a_third_rate_pays_what_was_rejected():
    desk = build()
    two_stays(desk)
    third = desk.filed(**stay(2))
    desk.approved(third)
    done = replayed(version_with(desk, rates=[Decimal("0.80"), Decimal("0.70"), Decimal("0.10")]))
    assert differences(done) == [(third.number, "reject", "pay", "0.00", "700.00")]


def test_what_people_rejected_or_looked_at_stays_theirs():
    desk = build()
    refused = desk.filed(**stay(0))
    decision = actions.reject(by=desk.people[0], claim=refused, version=1, reason="发票是假的")
    actions.review(by=desk.people[1], decision=decision, version=1)
    actions.approve(by=desk.people[2], decision=decision, version=1)
    referred = desk.filed(**stay(1, total="36,000.00"))
    assert desk.approved(referred).computed_outcome == "refer"
    assert replayed(desk.coverage.plan_version).changed == 0
    done = replayed(version_with(desk, rates=[Decimal("0.50")]))
    assert differences(done) == [(referred.number, "pay", "pay", "5600.00", "3500.00")]


def test_only_standing_decisions_of_the_plan_count_and_nothing_is_written_to_them():
    desk = build()
    claim, kept = two_stays(desk)
    claim.refresh_from_db()
    actions.reopen(by=desk.people[0], claim=claim, version=claim.version, reason="再看")
    elsewhere = build()
    other = elsewhere.filed(**stay(0))
    elsewhere.approved(other)
    before = list(Decision.objects.order_by("pk").values()), list(Obligation.objects.order_by("pk").values())
    done = replayed(version_with(desk, rates=[Decimal("0.10"), Decimal("0.20")]))
    assert (done.total, done.done) == (1, 1)
    assert differences(done) == [(kept.number, "pay", "pay", "4900.00", "1400.00")]
    after = list(Decision.objects.order_by("pk").values()), list(Obligation.objects.order_by("pk").values())
    assert after == before


def test_a_replay_of_an_office_holds_its_own_workers_only():
    desk = build()
    two_stays(desk)
    stranger = WorkerFactory(name="外人", name_key="外人")
    MembershipFactory(worker=stranger)
    CoverageFactory(worker=stranger, plan_version=desk.coverage.plan_version, first_enrolment=False)
    desk.approved(desk.filed(stranger, payee_name="外人"))
    version = version_with(desk, rates=[Decimal("0.10"), Decimal("0.20")])
    office = desk.worker.memberships.get().enterprise.union
    assert replayed(version, office=office).done == 2
    assert replayed(version).done == 3


@pytest.fixture
def blocks_of_one(monkeypatch):
    """A worker a block."""
    monkeypatch.setattr(replaying, "BLOCK", 1)


def three_workers(desk: Desk) -> None:
    for number in range(3):
        worker = WorkerFactory(name=f"工人{number}", name_key=f"工人{number}")
        CoverageFactory(worker=worker, plan_version=desk.coverage.plan_version, first_enrolment=False)
        desk.approved(desk.filed(worker, payee_name=f"工人{number}"))


def test_blocks_never_cut_a_worker_and_add_up(blocks_of_one):
    desk = build()
    two_stays(desk)
    three_workers(desk)
    done = replayed(version_with(desk, rates=[Decimal("0.10"), Decimal("0.20")]))
    assert (done.total, done.done, done.changed) == (5, 5, 5)
    assert done.amount_after - done.amount_before == sum(
        (one.amount_after - one.amount_before for one in done.differences.all()), Decimal(0)
    )


def test_a_replay_that_broke_off_goes_on_behind_its_last_block(blocks_of_one, monkeypatch):
    desk = build()
    three_workers(desk)
    version = version_with(desk, rates=[Decimal("0.10")])
    made = start_replay(by=desk.people[0], plan_version=version, ruleset=RULESET, office=None)
    done, blocks = replaying._judged, []

    def breaks(replay, rows):
        blocks.append(1)
        if len(blocks) == 2:
            raise RuntimeError("broken")
        return done(replay, rows)

    monkeypatch.setattr(replaying, "_judged", breaks)
    run_replay(replay=made.pk)
    made.refresh_from_db()
    assert (made.state, made.done, made.changed) == (ReplayState.FAILED, 1, 1)
    assert made.failure
    run_replay(replay=made.pk)
    resume_replay(by=desk.people[0], replay=made)
    run_replay(replay=made.pk)
    made.refresh_from_db()
    assert (made.state, made.done, made.changed, made.failure) == (ReplayState.DONE, 3, 3, "")
    assert len(blocks) == 4
    assert made.differences.count() == 3


def test_stopping_keeps_what_was_found_and_goes_on_later(blocks_of_one, monkeypatch):
    desk = build()
    three_workers(desk)
    version = version_with(desk, rates=[Decimal("0.10")])
    made = start_replay(by=desk.people[0], plan_version=version, ruleset=RULESET, office=None)
    judged = replaying._judged

    def stops(replay, rows):
        Replay.objects.filter(pk=replay.pk).update(stop_asked=True)
        return judged(replay, rows)

    monkeypatch.setattr(replaying, "_judged", stops)
    run_replay(replay=made.pk)
    made.refresh_from_db()
    assert (made.state, made.done, made.total) == (ReplayState.STOPPED, 1, 3)
    monkeypatch.setattr(replaying, "_judged", judged)
    resume_replay(by=desk.people[0], replay=made)
    run_replay(replay=made.pk)
    made.refresh_from_db()
    assert (made.state, made.done, made.stop_asked) == (ReplayState.DONE, 3, False)


def test_one_that_waits_is_stopped_at_once_and_a_finished_one_is_not_taken_up():
    desk = build()
    version = version_with(desk)
    made = start_replay(by=desk.people[0], plan_version=version, ruleset=RULESET, office=None)
    assert stop_replay(by=desk.people[0], replay=made)
    run_replay(replay=made.pk)
    made.refresh_from_db()
    assert (made.state, made.reached) == (ReplayState.STOPPED, 0)
    assert not stop_replay(by=desk.people[0], replay=made)
    done = replayed(version)
    with pytest.raises(Refusal) as refused:
        resume_replay(by=desk.people[0], replay=done)
    assert refused.value.code == "replay_state"


def test_a_second_press_finds_the_first_and_an_unknown_ruleset_is_refused():
    desk = build()
    values = {"by": desk.people[0], "plan_version": version_with(desk), "office": None}
    made = start_replay(ruleset=RULESET, **values)
    assert start_replay(ruleset=RULESET, **values) == made
    with pytest.raises(Refusal) as refused:
        start_replay(ruleset="1999.1", **values)
    assert refused.value.code == "ruleset_unknown"


def test_another_ruleset_decides_by_its_own_rules(monkeypatch):
    desk = build()
    claim = desk.filed(**stay(0))
    desk.approved(claim)

    def careful(facts):
        verdict = adjudicate(facts)
        return replace(verdict, outcome=Outcome.REFER, reasons=(Note(Code.VERY_LONG_STAY, {"nights": 4}),))

    monkeypatch.setattr(replaying, "RULESETS", {**RULESETS, "2027.1": careful})
    made = start_replay(
        by=desk.people[0], plan_version=desk.coverage.plan_version, ruleset="2027.1", office=None
    )
    run_replay(replay=made.pk)
    made.refresh_from_db()
    assert differences(made) == [(claim.number, "pay", "refer", "5600.00", "5600.00")]


def test_kinds_hold_every_difference_once():
    desk = build()
    desk.coverage.first_enrolment = True
    desk.coverage.save(update_fields=["first_enrolment"])
    two_stays(desk)
    desk.approved(desk.filed(**stay(2)))
    done = replayed(
        version_with(desk, waiting_days=60, rates=[Decimal("0.50"), Decimal("0.90"), Decimal("0.10")])
    )
    kinds = {one.kind: (one.count, str(one.change)) for one in sums_by_kind(done)}
    assert kinds == {
        "less": (1, "-1400.00"),
        "more": (0, "0.00"),
        "rejected": (1, "-5600.00"),
        "paid": (1, "6300.00"),
        "referred": (0, "0.00"),
    }
    everything = ReplayDifference.objects.filter(replay=done)
    assert sum(of_kind(everything, kind).count() for kind in KINDS) == everything.count() == 3
    assert of_kind(everything, "unknown").count() == 3
