"""Closing an enterprise: its members' ties end or go on elsewhere, its clerks' posts end, and it can be undone."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.at_once import at_once
from tests.factories import (
    AllotmentFactory,
    EnterpriseFactory,
    FundFactory,
    MembershipFactory,
    PostFactory,
    UnionFactory,
    WorkerFactory,
)
from unionbenefits.access.actions import grant_post
from unionbenefits.access.merging import merge_unions
from unionbenefits.access.queries import scope_of
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions.setup import allot
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.funds.actions import deposit, pass_funds
from unionbenefits.unions.enums import UnionKind
from unionbenefits.workers.closing import close_enterprise, preview_closing, reopen_enterprise
from unionbenefits.workers.integrity import tree_faults
from unionbenefits.workers.models import EnterpriseClosing, Erasure, Membership, Roster
from unionbenefits.workers.roster.actions import receive_roster
from unionbenefits.workers.roster.states import RosterMode, RosterState

DAY = dt.timedelta(days=1)


@pytest.fixture
def place(db):
    return planted()


def planted():
    """A town with a shop of two members and a clerk, and another shop where one of the two serves as well."""

    class Place:
        town = UnionFactory(kind=UnionKind.TOWN)
        shop = EnterpriseFactory(union=town)
        other = EnterpriseFactory(union=town)
        officer = PostFactory(union=town).user
        clerk = PostFactory(role=Role.ENTERPRISE_CLERK, enterprise=shop)
        one, two = WorkerFactory(), WorkerFactory()

    for worker in (Place.one, Place.two):
        MembershipFactory(worker=worker, enterprise=Place.shop, joined_on=dt.date(2026, 1, 1))
    MembershipFactory(worker=Place.two, enterprise=Place.other)
    return Place


def refused(verb, **asked):
    with pytest.raises(Refusal) as caught:
        verb(**asked)
    return caught.value.code


def ties(enterprise):
    held = Membership.objects.filter(enterprise=enterprise)
    return set(held.values_list("worker", "occupation", "joined_on", "left_on"))


def test_members_end_with_the_last_day_and_come_back_when_it_is_undone(place):
    yesterday = clock.today() - DAY
    erased = MembershipFactory(enterprise=place.shop).worker
    asked = {"by": place.officer, "enterprise": place.shop, "last_day": yesterday}
    seen = preview_closing(**asked)
    assert (seen.members, seen.moving, seen.posts) == (3, 0, [place.clerk])
    made = [close_enterprise(**asked, reason="注销", digest=seen.digest) for _click in range(2)]
    assert made[0] == made[1]
    assert {left for *_others, left in ties(place.shop)} == {yesterday}
    assert scope_of(place.clerk.user).is_empty
    assert tree_faults() == []
    Erasure.objects.create(worker=erased, erased_at=clock.now(), erased_by="staff:x", reason="本人要求")
    left_before = Membership.objects.filter(enterprise=place.shop, worker=place.two)
    left_before.update(left_on=yesterday - DAY)
    for _click in range(2):
        reopen_enterprise(by=place.officer, enterprise=place.shop)
    assert {(worker, left) for worker, *_others, left in ties(place.shop)} == {
        (place.one.pk, None), (place.two.pk, yesterday - DAY), (erased.pk, yesterday)
    }  # fmt: skip
    assert scope_of(place.clerk.user).enterprise_ids == (place.shop.pk,)
    assert Enterprise.objects.get(pk=place.shop.pk).closed_on is None


def test_members_go_on_at_another_enterprise_from_the_next_day(place):
    today = clock.today()
    asked = {"by": place.officer, "enterprise": place.shop, "last_day": today, "move_to": place.other}
    seen = preview_closing(**asked)
    assert (seen.members, seen.already, seen.moving) == (2, 1, 1)
    made = close_enterprise(**asked, reason="迁站")
    assert made.moved == 1
    assert ties(place.other) == {
        (place.two.pk, "rider", None, None), (place.one.pk, "rider", today + DAY, None)
    }  # fmt: skip
    reopen_enterprise(by=place.officer, enterprise=place.shop)
    assert {left for *_others, left in ties(place.shop)} == {today}
    EnterpriseClosing.objects.update(undone_at=None, undone_by="", undo_until=clock.now() - DAY)
    assert refused(reopen_enterprise, by=place.officer, enterprise=place.shop) == "undo_late"


def test_closings_that_the_rules_refuse_change_nothing(place):
    today = clock.today()
    far = EnterpriseFactory()
    elsewhere, clerk = PostFactory(union=far.union).user, place.clerk.user
    good = {"by": place.officer, "enterprise": place.shop, "last_day": today, "reason": "注销"}
    for wrong, code in (
        ({"reason": " "}, "reason_missing"),
        ({"by": elsewhere}, "place_not_yours"),
        ({"by": clerk}, "place_not_yours"),
        ({"move_to": far}, "place_not_yours"),
        ({"move_to": place.shop}, "move_to_itself"),
        ({"last_day": today + DAY}, "date_in_future"),
        ({"last_day": dt.date(2025, 12, 31)}, "joined_later"),
        ({"digest": "0"}, "tree_changed"),
    ):
        assert refused(close_enterprise, **good | wrong) == code
    roster = Roster.objects.create(
        enterprise=place.shop, state=RosterState.JUDGED, uploaded_by=clerk, uploaded_at=clock.now()
    )
    assert refused(close_enterprise, **good) == "in_the_way"
    (matter,) = preview_closing(by=SYSTEM, enterprise=place.shop, last_day=today).matters
    assert (matter.count, matter.blocks, matter.page) == (1, True, "admin:roster_list")
    roster.state = RosterState.DISCARDED
    roster.save()
    assert {left for *_others, left in ties(place.shop)} == {None}
    close_enterprise(**good)
    assert refused(close_enterprise, **good | {"last_day": today - DAY}) == "enterprise_closed"
    for verb, asked in (
        (
            grant_post,
            {"user": elsewhere, "role": Role.ENTERPRISE_CLERK, "enterprise": place.shop, "starts_on": today},
        ),
        (
            allot,
            {"campaign": AllotmentFactory(enterprise=far).campaign, "enterprise": place.shop, "copies": 1},
        ),
        (
            close_enterprise,
            {"enterprise": place.other, "last_day": today, "reason": "迁", "move_to": place.shop},
        ),
    ):
        assert refused(verb, by=SYSTEM, **asked) == "enterprise_closed"
    upload = {"file_name": "a.csv", "content": b"x", "mode": RosterMode.ADDITIONS, "as_clerk": False}
    assert refused(receive_roster, by=place.officer, enterprise=place.shop, **upload) == "enterprise_closed"


def test_money_and_places_stand_in_the_way_of_a_merger_until_they_are_passed_on(place):
    into = UnionFactory(kind=UnionKind.TOWN)
    fund = FundFactory(owner=place.town)
    deposit(by=SYSTEM, fund=fund, amount=Decimal("100.00"))
    allotment = AllotmentFactory(union=place.town, copies=5)
    asked = {"by": SYSTEM, "union": place.town, "into": into, "reason": "合并"}
    assert refused(merge_unions, **asked) == "in_the_way"
    assert pass_funds(by=SYSTEM, owner=place.town, to=into) == [fund]
    assert pass_funds(by=SYSTEM, owner=place.town, to=into) == []
    assert refused(merge_unions, **asked) == "in_the_way"
    allot(by=SYSTEM, campaign=allotment.campaign, union=place.town, copies=0)
    merge_unions(**asked)
    fund.refresh_from_db()
    assert fund.owner == into


@pytest.mark.django_db(transaction=True)
def test_closing_twice_at_once_closes_once():
    place, today = planted(), clock.today()
    asked = {"by": SYSTEM, "enterprise": place.shop, "last_day": today, "reason": "注销"}
    answers = at_once([lambda: close_enterprise(**asked).pk, lambda: close_enterprise(**asked).pk])
    assert answers[0] == answers[1] == EnterpriseClosing.objects.get().pk
