"""Scarce places and money given to those who joined first; the others left out with that reason."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.campaigns.scene import scene
from unionbenefits.campaigns.actions import draft_batch, put_draft_forward, return_batch, take_out
from unionbenefits.campaigns.enums import BatchState, LeftOut
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.campaigns.previews import allotment_use, preview
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.queries import balance_of
from unionbenefits.workers.models import Membership

pytestmark = pytest.mark.django_db


def seniority(s, *years):
    """The workers in the order of the scene joined in these years; None: nobody knows when."""
    for worker, year in zip(s.workers, years, strict=True):
        joined = year and dt.date(year, 1, 1)
        Membership.objects.filter(worker=worker).update(joined_on=joined)


def reasons(s, batch):
    found = dict(batch.gifts.values_list("worker_id", "reason"))
    return [found[worker.pk] for worker in s.workers]


@pytest.mark.parametrize(
    ("places", "money", "expected"),
    [
        (3, "1000.00", ["", LeftOut.NO_PLACE, "", "", LeftOut.NO_PLACE]),
        (10, "200.00", [LeftOut.NO_BUDGET, LeftOut.NO_BUDGET, "", "", LeftOut.NO_BUDGET]),
        (3, "200.00", [LeftOut.NO_BUDGET, LeftOut.NO_PLACE, "", "", LeftOut.NO_PLACE]),
    ],
)
def test_first_members_first_and_everybody_else_with_the_reason(places, money, expected):
    s = scene(workers=5, places=places, money=money)
    seniority(s, 2022, 2024, 2020, 2021, None)
    shown = preview(s.allotment)
    assert shown.can_fill
    batch = s.put_forward(fill=True)
    assert reasons(s, batch) == expected
    given = expected.count("")
    assert (batch.copies, batch.left_out, shown.reach) == (given, 5 - given, given)
    assert balance_of(s.fund).held == Decimal("95.00") * given
    assert allotment_use([s.allotment])[s.allotment.pk].used == given
    assert s.issue(s.approve(batch)).issued == given
    assert examine().faults == ()


def test_enough_for_everybody_leaves_nobody_out():
    s = scene(workers=3)
    assert not preview(s.allotment).can_fill
    assert s.put_forward(fill=True).copies == 3


@pytest.mark.parametrize(
    ("places", "money", "code"), [(0, "1000.00", "places_exhausted"), (10, "94.99", "budget_exhausted")]
)
def test_what_reaches_nobody_is_refused(places, money, code):
    s = scene(workers=2, places=places or 1, money=money)
    if not places:
        s.put_forward(only=[s.workers[0].pk])
    with pytest.raises(Refusal) as refused:
        s.put_forward(fill=True)
    assert refused.value.code == code
    assert GiftBatch.objects.count() == (0 if places else 1)


def test_a_draft_goes_forward_as_far_as_places_reach_without_those_taken_out():
    s = scene(workers=4, places=2)
    seniority(s, 2020, 2021, 2022, 2023)
    draft = draft_batch(by=s.preparer, allotment=s.allotment)
    take_out(
        by=s.preparer, batch=draft, gifts=[draft.gifts.get(worker=s.workers[0]).pk], reason="本人不愿参加"
    )
    batch = put_draft_forward(by=s.preparer, batch=draft, fill=True)
    assert batch.state == BatchState.PUT_FORWARD
    assert reasons(s, batch) == [LeftOut.TAKEN_OUT, "", "", LeftOut.NO_PLACE]
    return_batch(by=s.approver, batch=batch, reason="名单有误")
    assert s.put_forward(fill=True).copies == 2
    assert examine().faults == ()
