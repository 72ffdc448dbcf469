"""The forecast of the backlog, number by number, and what it reads."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tests.claims.scene import build
from tests.factories import MembershipFactory
from tests.factories.claims import ClaimFactory, DecisionFactory
from unionbenefits.claims.backlog import backlog_of
from unionbenefits.claims.forecast import Waiting, Week, forecast
from unionbenefits.claims.models import Claim, Decision
from unionbenefits.core import clock
from unionbenefits.core.scope import EVERYTHING, Scope

TODAY = dt.date(2026, 6, 15)


def day(ahead: int) -> dt.date:
    return TODAY + dt.timedelta(days=ahead)


def daily(each: int, days: int = 28) -> dict[dt.date, int]:
    """`each` on every one of the days before today."""
    return {day(-back): each for back in range(1, days + 1)} if each else {}


def of(arrive: int, decide: int, *waiting: tuple[int, int], days: int = 28):
    queue = [Waiting(day(ahead), claims) for ahead, claims in waiting]
    return forecast(today=TODAY, arrived=daily(arrive, days), decided=daily(decide, days), waiting=queue)


def test_rates_are_a_week_over_the_days_looked_at():
    found = of(3, 5)
    assert (found.arrive, found.decide) == (21, 35)
    assert found.weeks[0] == Week(day(-28), day(-22), 21, 35)
    assert found.weeks[-1] == Week(day(-7), day(-1), 21, 35)


def test_a_young_office_is_judged_by_its_own_days():
    assert of(2, 2, days=10).decide == 14
    assert of(2, 2, days=3).decide == 6, "never by fewer than seven days"


@pytest.mark.parametrize(
    ("arrive", "decide", "in_hand", "cleared"),
    [(2, 5, 30, 10), (2, 5, 31, 11), (2, 3, 1, 1), (5, 5, 10, None), (6, 5, 10, None), (5, 5, 0, 0)],
)
def test_cleared_when_the_gain_has_eaten_what_waits(arrive, decide, in_hand, cleared):
    found = of(arrive, decide, (99, in_hand))
    assert found.cleared_on == (None if cleared is None else day(cleared))
    assert found.grows == (arrive > decide)


def test_claims_promised_earlier_are_decided_first_and_the_rest_falls_past_its_day():
    # 5 a day: by the end of today 5, tomorrow 10, the day after 15.
    found = of(5, 5, (0, 4), (1, 8), (2, 3))
    assert (found.late, found.will_be_late, found.first_late) == (0, 2, day(1))
    assert found.needed == 42, "12 within two days are 6 a day"


def test_the_promised_day_itself_still_keeps_the_promise():
    assert of(0, 5, (0, 5)).will_be_late == 0
    assert of(0, 5, (0, 6)).will_be_late == 1
    assert of(0, 5, (-1, 5), (0, 1)).will_be_late == 1, "what is late already comes first"


def test_late_ones_are_counted_apart():
    found = of(1, 1, (-3, 4), (-1, 2), (30, 1))
    assert (found.late, found.will_be_late, found.in_hand) == (6, 0, 7)
    assert not found.keeps_promises


def test_an_office_that_decides_nothing_keeps_no_promise():
    found = of(1, 0, (5, 3))
    assert (found.cleared_on, found.will_be_late, found.first_late, found.needed) == (None, 3, day(5), 4)


def test_an_empty_desk_is_cleared_today():
    found = of(0, 0)
    assert (found.in_hand, found.cleared_on, found.decide) == (0, TODAY, 0)
    assert (found.is_known, of(1, 0).is_known, of(0, 1).is_known) == (False, True, True)
    assert found.keeps_promises


@given(st.lists(st.tuples(st.integers(-20, 60), st.integers(1, 50)), max_size=12), st.integers(0, 30))
def test_deciding_what_is_needed_breaks_no_promise(queue, more):
    needed = of(0, 0, *queue).needed
    found = forecast(
        today=TODAY,
        arrived={},
        decided={day(-7): needed + more},
        waiting=[Waiting(day(ahead), claims) for ahead, claims in queue],
    )
    assert found.decide == Fraction(needed + more)
    assert found.will_be_late == 0


@given(st.lists(st.tuples(st.integers(-20, 60), st.integers(1, 50)), max_size=12), st.integers(0, 9))
def test_faster_deciding_never_breaks_more_promises(queue, rate):
    slow, fast = of(3, rate, *queue), of(3, rate + 1, *queue)
    assert fast.will_be_late <= slow.will_be_late <= slow.in_hand - slow.late
    if slow.cleared_on is not None:
        assert fast.cleared_on is not None
        assert fast.cleared_on <= slow.cleared_on


@pytest.mark.django_db
def test_the_backlog_counts_what_is_in_scope(django_assert_num_queries):
    desk = build()
    now, before = clock.now(), clock.now() - dt.timedelta(days=2)
    mine = [
        desk.filed(admitted=f"2026-0{at}-01", discharged=f"2026-0{at}-02", settled="") for at in (3, 4, 5)
    ]
    Claim.objects.filter(pk__in=[one.pk for one in mine]).update(filed_at=before)
    Claim.objects.filter(pk=mine[0].pk).update(state="asked", asked_until=clock.today())
    MembershipFactory(worker=ClaimFactory(filed_at=before).worker)
    desk.draft(admitted="2026-06-01", discharged="2026-06-02", settled="")
    done = DecisionFactory()
    Decision.objects.filter(pk=done.pk).update(approved_at=before)
    Claim.objects.filter(pk=done.claim_id).update(state="approved", filed_at=now - dt.timedelta(days=90))
    with django_assert_num_queries(3):
        found = backlog_of(EVERYTHING)
    assert (found.forecast.in_hand, found.asked) == (3, 1)
    assert (found.forecast.arrive, found.forecast.decide) == (4, 1)
    path = desk.worker.memberships.get().enterprise.union.path
    found = backlog_of(Scope(union_paths=(path,)))
    assert (found.forecast.in_hand, found.asked, found.forecast.decide) == (2, 1, 0)
    assert found.forecast.arrive == 3
