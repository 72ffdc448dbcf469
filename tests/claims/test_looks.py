"""Second looks: drawn week by week from each approver's small decisions, taken by somebody without a part."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, strategies as st

from tests.claims.scene import build
from tests.factories import CoverageFactory, UserFactory
from tests.factories.claims import DecisionFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.claims import actions
from unionbenefits.claims.actions.looking import draw_looks, set_look_rule, take_look
from unionbenefits.claims.looks import by_approver, drawn, figures_of, interval, rule_in_force, week_of
from unionbenefits.claims.models import Decision, LookRule, SecondLook
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 6, 15)
DAY = dt.timedelta(days=1)


def approved(day: dt.date, amount: str = "1000.00", hour: int = 10, minute: int = 0, **values) -> Decision:
    """A decision approved at a Shanghai time of the day."""
    at = dt.datetime.combine(day, dt.time(hour, minute), clock.SHANGHAI)
    cover = CoverageFactory(first_enrolment=False)
    return DecisionFactory(
        claim_version__claim__coverage=cover, amount=Decimal(amount), approved_at=at, **values
    )


def looked_at() -> set[int]:
    return set(SecondLook.objects.values_list("decision", flat=True))


@pytest.mark.parametrize(("decisions", "share", "at_least", "wanted"), [
    (0, "0.05", 1, 0), (1, "0.05", 1, 1), (20, "0.05", 1, 1), (21, "0.05", 1, 2), (40, "0.05", 1, 2),
    (41, "0.05", 1, 3), (3, "0.05", 2, 2), (1, "0.05", 2, 1), (100, "0.00", 0, 0), (7, "1.00", 1, 7),
])  # fmt: skip
def test_the_share_is_rounded_up_and_never_below_the_least(decisions, share, at_least, wanted):
    keys = range(1, decisions + 1)
    found = drawn(keys, week=MONDAY, approver=1, share=Decimal(share), at_least=at_least)
    assert len(found) == wanted
    assert set(found) <= set(keys)


@given(st.sets(st.integers(1, 10_000), max_size=60))
def test_lots_do_not_hang_on_the_order_and_differ_by_week_and_approver(keys):
    def draw(order, week=MONDAY, approver=1):
        return drawn(order, week=week, approver=approver, share=Decimal("0.50"), at_least=1)

    assert draw(sorted(keys)) == draw(sorted(keys, reverse=True))
    if len(keys) > 20:
        assert draw(keys) != draw(keys, week=MONDAY - 7 * DAY)
        assert draw(keys) != draw(keys, approver=2)


def test_every_decision_has_the_same_chance():
    """Of 40 decisions two are drawn: over 2,000 weeks each about 100 times (standard deviation below 10)."""
    times = dict.fromkeys(range(40), 0)
    for week in range(2_000):
        for key in drawn(times, week=MONDAY + week * 7 * DAY, approver=3, share=Decimal("0.05"), at_least=1):
            times[key] += 1
    assert sum(times.values()) == 4_000
    assert all(55 < count < 145 for count in times.values()), times


def test_each_approver_of_the_week_gets_a_look_and_drawing_again_adds_none():
    one, two = UserFactory(), UserFactory()
    mine = {approved(MONDAY - 3 * DAY, approved_by=one).pk for _at in range(3)}
    theirs = {approved(MONDAY - 2 * DAY, approved_by=two).pk}
    assert draw_looks(by=SYSTEM, day=MONDAY) == 2
    first = looked_at()
    assert len(first & mine) == 1
    assert first & theirs == theirs
    assert draw_looks(by=SYSTEM, day=MONDAY + 3 * DAY) == 0
    assert draw_looks(by=SYSTEM, day=MONDAY + 7 * DAY) == 0
    assert looked_at() == first
    assert Entry.objects.filter(action="claim.draw_looks").count() == 1


def test_a_week_runs_from_monday_to_sunday_midnight_in_shanghai():
    within = {
        approved(MONDAY - 7 * DAY, hour=0).pk,
        approved(MONDAY - DAY, hour=23, minute=59, approved_by=UserFactory()).pk,
    }
    approved(MONDAY, hour=0)
    assert draw_looks(by=SYSTEM, day=MONDAY + 6 * DAY) == 2
    assert looked_at() == within


def test_a_missed_week_is_made_up_for_but_not_older_ones():
    late = approved(MONDAY - 28 * DAY)
    approved(MONDAY - 29 * DAY)
    assert draw_looks(by=SYSTEM, day=MONDAY) == 1
    assert looked_at() == {late.pk}


def test_large_rejected_and_void_decisions_are_not_drawn():
    approved(MONDAY - DAY, amount="3000.01")
    approved(MONDAY - DAY, amount="0.00", outcome="reject")
    void = approved(MONDAY - DAY)
    Decision.objects.filter(pk=void.pk).update(state="void", voided_at=clock.now())
    at_the_edge = approved(MONDAY - DAY, amount="3000.00")
    assert draw_looks(by=SYSTEM, day=MONDAY) == 1
    assert looked_at() == {at_the_edge.pk}


def test_the_newest_rule_counts():
    assert (rule_in_force().share, rule_in_force().at_least) == (Decimal("0.05"), 1)
    set_look_rule(by=SYSTEM, share=Decimal("1.00"), at_least=0, up_to=Decimal("500.00"))
    person = UserFactory()
    wanted = {approved(MONDAY - DAY, amount="500.00", approved_by=person).pk for _at in range(3)}
    approved(MONDAY - DAY, amount="501.00", approved_by=person)
    assert draw_looks(by=SYSTEM, day=MONDAY) == 3
    assert looked_at() == wanted


@pytest.mark.parametrize(
    "wrong",
    [{"share": Decimal("1.01")}, {"share": Decimal("-0.01")}, {"at_least": -1}, {"up_to": Decimal(0)}],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong):
    values = {"share": Decimal("0.10"), "at_least": 1, "up_to": Decimal("1000.00")} | wrong
    with pytest.raises(Refusal) as refused:
        set_look_rule(by=SYSTEM, **values)
    assert refused.value.code == "look_rule_wrong"
    assert not LookRule.objects.exists()


@pytest.fixture
def look():
    """A drawn decision that went through the verbs, and the desk."""
    desk = build()
    decision = desk.approved(desk.filed())
    return desk, SecondLook.objects.create(decision=decision, drawn_at=clock.now())


def code_of(**values) -> str:
    with pytest.raises(Refusal) as refused:
        take_look(**values)
    return refused.value.code


def test_somebody_without_a_part_says_right_or_wrong_once(look):
    desk, found = look
    done = take_look(by=desk.people[3], look=found, right=False, note=" 票据日期不符 ")
    assert (done.verdict, done.note, done.looked_by) == ("wrong", "票据日期不符", desk.people[3])
    assert done.looked_at is not None
    assert code_of(by=desk.people[4], look=found, right=True) == "look_done"
    assert Entry.objects.get(action="claim.second_look").data == {
        "decision": found.decision_id,
        "right": False,
    }


def test_wrong_needs_a_reason_and_right_needs_none(look):
    desk, found = look
    assert code_of(by=desk.people[3], look=found, right=False, note=" ") == "reason_missing"
    assert take_look(by=desk.people[3], look=found, right=True).verdict == "right"


@pytest.mark.parametrize("step", [0, 1, 2])
def test_whoever_decided_reviewed_or_approved_takes_no_second_look(look, step):
    desk, found = look
    assert code_of(by=desk.people[step], look=found, right=True) == "same_person"
    with pytest.raises(IntegrityError, match="had no part"), transaction.atomic():
        SecondLook.objects.filter(pk=found.pk).update(
            verdict="right", looked_by=desk.people[step], looked_at=clock.now()
        )
    found.refresh_from_db()
    assert found.verdict == "open"


def test_a_part_in_an_earlier_decision_or_in_the_filing_counts_too():
    desk = build()
    claim = desk.draft()
    claim = actions.file_for_worker(by=desk.people[5], claim=claim, reason="代办", consent_text="1")
    first = desk.decided(claim)
    actions.return_decision(by=desk.people[4], decision=first, version=first.version, reason="再看")
    found = SecondLook.objects.create(decision=desk.approved(claim), drawn_at=clock.now())
    assert code_of(by=desk.people[4], look=found, right=True) == "same_person"
    assert code_of(by=desk.people[5], look=found, right=True) == "same_person"
    assert take_look(by=desk.people[3], look=found, right=True).looked_by == desk.people[3]


def test_the_database_wants_a_reason_for_wrong(look):
    desk, found = look
    with pytest.raises(IntegrityError, match="second_look_wrong_has_reason"), transaction.atomic():
        SecondLook.objects.filter(pk=found.pk).update(
            verdict="wrong", looked_by=desk.people[3], looked_at=clock.now()
        )


def test_figures_by_approver(django_assert_num_queries):
    one, two = UserFactory(name="甲"), UserFactory(name="", username="yi")
    for approver, verdicts in ((one, ["right", "wrong", "open"]), (two, ["right", "right"])):
        for verdict in verdicts:
            done = {} if verdict == "open" else {"looked_by": UserFactory(), "looked_at": clock.now()}
            SecondLook.objects.create(
                decision=approved(MONDAY, approved_by=approver), drawn_at=clock.now(), verdict=verdict,
                note="x", **done,
            )  # fmt: skip
    looks = SecondLook.objects.all()
    with django_assert_num_queries(2):
        everything, each = figures_of(looks), by_approver(looks)
    assert (everything.drawn, everything.looked, everything.wrong, everything.share) == (5, 4, 1, 0.25)
    assert [(one.name, one.drawn, one.looked, one.wrong) for one in each] == [
        ("甲", 3, 2, 1),
        ("yi", 2, 2, 0),
    ]


def test_nothing_looked_at_says_nothing():
    found = figures_of(SecondLook.objects.all())
    assert (found.share, found.between) == (None, None)


# Wilson's interval as statsmodels gives it (proportion_confint, method="wilson").
@pytest.mark.parametrize(("part", "whole", "low", "high"), [
    (0, 20, 0.0, 0.1611), (1, 20, 0.0089, 0.2361), (5, 50, 0.0435, 0.2136), (20, 20, 0.8389, 1.0), (1, 1, 0.2065, 1.0),
])  # fmt: skip
def test_the_interval_of_a_share(part, whole, low, high):
    found = interval(part, whole)
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_weeks_begin_on_monday():
    assert [week_of(MONDAY + at * DAY) for at in (-1, 0, 6)] == [MONDAY - 7 * DAY, MONDAY, MONDAY]
