"""Places after they were given out: drawn on from below, moved, bounded by a day, taken back."""

import datetime as dt

import pytest

from tests.campaigns.scene import members, scene
from tests.factories import EnterpriseFactory, UnionFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry as AuditEntry
from unionbenefits.campaigns.actions import (
    allot,
    move_places,
    put_forward,
    reclaim_unused,
    return_batch,
    set_deadline,
)
from unionbenefits.campaigns.actions.quotas import reclaim_everywhere
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.models import Allotment
from unionbenefits.campaigns.queries import allotment_use
from unionbenefits.campaigns.quotas import may_set, quota_tree
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import Scope

pytestmark = pytest.mark.django_db


def refused(act, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(by=SYSTEM, **kwargs)
    return refusal.value.code


@pytest.fixture
def tree():
    """City 20 → town 12 → enterprises a 5 and b 3; town two 4 → enterprise c 4. Workers in a: 3."""
    s = scene(workers=3, places=0)
    s.allotment.delete()
    city = s.union
    towns = [UnionFactory(parent=city), UnionFactory(parent=city)]
    a, b, c = (EnterpriseFactory(union=town) for town in (towns[0], towns[0], towns[1]))
    places = {
        name: allot(by=SYSTEM, campaign=s.campaign, copies=copies, **unit)
        for name, copies, unit in [
            ("city", 20, {"union": city}),
            ("town", 12, {"union": towns[0]}),
            ("town2", 4, {"union": towns[1]}),
            ("a", 5, {"enterprise": a}),
            ("b", 3, {"enterprise": b}),
            ("c", 4, {"enterprise": c}),
        ]
    }
    s.workers = members(a, 3)
    s.allotment = places["a"]
    return s, places


def copies(places):
    found = {one.pk: one.copies for one in Allotment.objects.all()}
    return {name: found[one.pk] for name, one in places.items()}


def move(places, from_, to, count, **changed):
    move_places(
        **{"by": SYSTEM, "from_": places[from_], "to": places[to], "copies": count, "reason": "调剂"}
        | changed
    )


BEFORE = {"city": 20, "town": 12, "town2": 4, "a": 5, "b": 3, "c": 4}


@pytest.mark.parametrize(
    ("from_", "to", "changed"),
    [
        ("a", "b", {"a": 3, "b": 5}),
        ("town", "b", {"b": 5}),
        ("a", "town", {"a": 3}),
        ("a", "city", {"a": 3, "town": 10}),
        ("city", "c", {"town2": 6, "c": 6}),
        ("b", "c", {"b": 1, "town": 10, "town2": 6, "c": 6}),
    ],
)
def test_moved_places_travel_along_the_tree_and_nobody_else_gains_or_loses(tree, from_, to, changed):
    _s, places = tree
    left = {name: allotment_use([one])[one.pk].left for name, one in places.items()}
    move(places, from_, to, 2)
    assert copies(places) == BEFORE | changed
    now = allotment_use(Allotment.objects.all())
    left[from_] -= 2
    left[to] += 2
    assert {name: now[one.pk].left for name, one in places.items()} == left
    assert examine().faults == ()


def test_only_unused_places_move(tree):
    s, places = tree
    s.put_forward()
    assert refused(move_places, from_=places["a"], to=places["b"], copies=3, reason="调剂") == "places_short"
    move(places, "a", "b", 2)
    assert refused(move_places, from_=places["a"], to=places["b"], copies=1, reason="调剂") == "places_short"
    assert refused(move_places, from_=places["town2"], to=places["b"], copies=1, reason="x") == "places_short"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"copies": 0}, "copies_not_positive"),
        ({"to": "from_"}, "allotment_same"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(tree, changed, code):
    _s, places = tree
    values = {"from_": places["a"], "to": places["b"], "copies": 1, "reason": "调剂"} | changed
    if values["to"] == "from_":
        values["to"] = values["from_"]
    assert refused(move_places, **values) == code
    assert copies(places) == BEFORE


def test_places_do_not_move_to_another_campaign(tree):
    _s, places = tree
    other = scene().allotment
    code = refused(move_places, from_=places["a"], to=other, copies=1, reason="调剂")
    assert code == "allotment_of_another_campaign"


def test_a_move_is_in_the_audit_log_with_its_reason(tree):
    _s, places = tree
    move(places, "a", "b", 2, reason="甲单位人数不足")
    data = AuditEntry.objects.get(action="campaign.move_places").data
    assert data == {"from": places["a"].pk, "to": places["b"].pk, "copies": 2, "reason": "甲单位人数不足"}


def test_first_come_units_draw_on_their_unions_places_until_none_is_left(tree):
    s, places = tree
    batch = put_forward(by=s.preparer, allotment=places["town"])
    assert batch.copies == 3
    more = members(places["b"].enterprise, 2)
    code = refused_forward(s, places["town"])
    assert code == "places_exhausted"
    assert put_forward(by=s.preparer, allotment=places["b"], only=[one.pk for one in more]).copies == 2


def refused_forward(s, allotment):
    with pytest.raises(Refusal) as refusal:
        put_forward(by=s.preparer, allotment=allotment)
    return refusal.value.code


def test_no_batch_after_the_day_until_which_places_may_be_used(tree):
    s, places = tree
    set_deadline(by=SYSTEM, allotment=places["a"], until=clock.today())
    batch = s.put_forward(only=[s.workers[0].pk])
    assert batch.copies == 1
    pass_day(places["a"])
    s.allotment.refresh_from_db()
    assert refused_forward(s, s.allotment) == "allotment_over"
    assert refused(move_places, from_=places["b"], to=places["a"], copies=1, reason="x") == "deadline_passed"


def pass_day(*allotments):
    """The day of each is over since yesterday."""
    yesterday = clock.today() - dt.timedelta(days=1)
    Allotment.objects.filter(pk__in=[one.pk for one in allotments]).update(use_until=yesterday)


def test_a_deadline_lies_between_today_and_the_closing_of_the_campaign(tree):
    s, places = tree
    yesterday = clock.today() - dt.timedelta(days=1)
    assert refused(set_deadline, allotment=places["a"], until=yesterday) == "deadline_passed"
    late = s.campaign.closes_on + dt.timedelta(days=1)
    assert refused(set_deadline, allotment=places["a"], until=late) == "deadline_after_closing"
    set_deadline(by=SYSTEM, allotment=places["a"], until=s.campaign.closes_on)
    assert set_deadline(by=SYSTEM, allotment=places["a"], until=None).use_until is None


def test_unused_places_go_back_to_the_unit_above_and_used_ones_stay(tree):
    s, places = tree
    batch = s.put_forward()
    pass_day(places["a"])
    given = reclaim_unused(by=SYSTEM, campaign=s.campaign)
    assert [(one.allotment, one.copies) for one in given] == [(places["a"], 2)]
    assert copies(places) == BEFORE | {"a": 3}
    assert allotment_use([places["town"]])[places["town"].pk].left == 12 - 3 - 3
    assert reclaim_unused(by=SYSTEM, campaign=s.campaign) == ()
    return_batch(by=s.approver, batch=batch, reason="退回")
    assert reclaim_everywhere() == 3
    assert copies(places)["a"] == 0
    assert examine().faults == ()


def test_places_go_up_as_far_as_the_days_are_over(tree):
    s, places = tree
    pass_day(places["a"], places["town"])
    reclaim_unused(by=SYSTEM, campaign=s.campaign)
    assert copies(places) == BEFORE | {"a": 0, "town": 3}
    pass_day(*places.values())
    reclaim_unused(by=SYSTEM, campaign=s.campaign)
    assert set(copies(places).values()) == {0}


def test_reclaiming_some_leaves_the_others(tree):
    s, places = tree
    pass_day(places["a"], places["c"])
    reclaim_unused(by=SYSTEM, campaign=s.campaign, only=[places["c"].pk])
    assert copies(places) == BEFORE | {"c": 0}


def test_tree_shows_each_unit_below_the_one_it_takes_from(tree):
    s, places = tree
    s.put_forward()
    pass_day(places["b"])
    set_deadline(by=SYSTEM, allotment=places["c"], until=clock.today())
    lines = quota_tree(Allotment.objects.select_related("union", "enterprise"))
    names = {one.pk: name for name, one in places.items()}
    assert [
        (names[line.allotment.pk], line.depth, line.use.used, line.use.given_on, line.use.left)
        for line in lines
    ] == [
        ("city", 0, 0, 16, 4),
        ("town", 1, 0, 8, 4),
        ("a", 2, 3, 0, 2),
        ("b", 2, 0, 0, 3),
        ("town2", 1, 0, 4, 0),
        ("c", 2, 0, 0, 4),
    ]
    told = {names[line.allotment.pk]: [notice.code for notice in line.notices] for line in lines}
    assert told == {"city": [], "town": [], "a": [], "b": ["over"], "town2": ["used_up"], "c": ["soon"]}
    assert [line.is_first_come for line in lines] == [True, True, False, False, True, False]


def test_nobody_gives_places_to_themselves(tree):
    _s, places = tree
    town, city = (Scope(union_paths=(places[name].union.path,)) for name in ("town", "city"))
    found = {
        name: Allotment.objects.select_related("parent__union", "campaign__owner").get(pk=one.pk)
        for name, one in places.items()
    }
    assert [may_set(town, found[name]) for name in ("city", "town", "a", "c")] == [False, False, True, False]
    assert [may_set(city, found[name]) for name in ("city", "town", "a")] == [True, True, True]
