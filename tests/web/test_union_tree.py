"""Pages of the union tree: the tree, moving, merging and closing, each shown before it is done."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import EnterpriseFactory, FundFactory, MembershipFactory, PostFactory, UnionFactory
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.core import clock
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.funds.actions import deposit
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Membership


@pytest.fixture
def place(db):
    class Place:
        province = UnionFactory(name="省总工会", kind=UnionKind.PROVINCE)
        city = UnionFactory(name="甲市总工会", kind=UnionKind.CITY, parent=province)
        county = UnionFactory(name="甲县总工会", kind=UnionKind.COUNTY, parent=city)
        other = UnionFactory(name="乙市总工会", kind=UnionKind.CITY, parent=province)
        far = UnionFactory(name="乙县总工会", kind=UnionKind.COUNTY, parent=other)
        shop = EnterpriseFactory(name="甲快递公司", union=county)
        second = EnterpriseFactory(name="乙快递公司", union=far)
        boss = PostFactory(role=Role.PROVINCE_OFFICER, union=province, user__name="省干部").user
        officer = PostFactory(union=county, user__name="县干部")
        neighbour = PostFactory(union=other, user__name="市干部")

    MembershipFactory(enterprise=Place.shop)
    return Place


@pytest.fixture
def client(place, client, settings):
    client.force_login(place.boss)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def address(name, *args):
    return reverse(f"admin:{name}", args=args)


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def test_the_tree_counts_what_is_below_and_shows_only_ones_own(client, place):
    rows = client.get(address("union_tree")).context["rows"]
    assert [(row.union.name, row.level, row.below, row.enterprises, row.members) for row in rows] == [
        ("省总工会", 0, 4, 2, 1),
        ("甲市总工会", 1, 1, 1, 1),
        ("甲县总工会", 2, 0, 1, 1),
        ("乙市总工会", 1, 1, 1, 0),
        ("乙县总工会", 2, 0, 1, 0),
    ]
    assert client.get(address("union_move", place.county.pk)).status_code == 200
    under = client.get(address("union_tree"), {"under": place.other.pk}).context["rows"]
    assert [(row.union.name, row.level) for row in under] == [("乙市总工会", 0), ("乙县总工会", 1)]
    client.force_login(place.officer.user)
    page = client.get(address("union_tree"))
    assert [row.union.name for row in page.context["rows"]] == ["甲县总工会"]
    assert client.get(address("union_tree"), {"under": place.other.pk}).status_code == 404
    assert client.get(address("union_move", place.county.pk)).status_code == 403


def test_a_move_is_shown_then_done_and_others_see_it_on_their_next_request(client, place):
    there = address("union_move", place.county.pk)
    page = client.get(there, {"to": place.other.pk})
    assert {union.name for union in page.context["offered"]} == {"省总工会", "乙市总工会"}
    assert [post.user.name for post in page.context["seen"].gaining] == ["市干部"]
    assert "Move under 乙市总工会" in page.content.decode()
    sent = {"to": place.other.pk, "digest": page.context["seen"].digest}
    assert told(client.post(there, {**sent, "digest": "0"}, follow=True)) == [
        "Something has changed since this was shown. Look at it again, then confirm."
    ]
    assert told(client.post(there, {}, follow=True)) == ["Choose the union first."]
    answer = client.post(there, sent, follow=True)
    assert "stands under 乙市总工会 now" in told(answer)[0]
    assert "cannot stand under itself" in client.get(there, {"to": place.county.pk}).content.decode()
    client.force_login(place.neighbour.user)
    assert client.get(address("enterprises_enterprise_change", place.shop.pk)).status_code == 200


def test_a_merger_waits_for_the_money_then_carries_the_posts_on(client, place):
    fund = FundFactory(owner=place.county)
    deposit(by=SYSTEM, fund=fund, amount=Decimal("95.00"))
    there = address("union_merge", place.county.pk)
    page = client.get(there, {"to": place.far.pk}).content.decode()
    assert "Funds that still hold money: 1." in page
    assert "Merge the two unions" not in page
    client.post(address("union_pass_funds", place.county.pk), {"to": place.far.pk})
    page = client.get(there, {"to": place.far.pk})
    assert "Merge the two unions" in page.content.decode()
    sent = {"to": place.far.pk, "digest": page.context["seen"].digest, "posts": "go_on"}
    assert told(client.post(there, sent, follow=True)) == ["Write down why."]
    assert (
        "has gone into 乙县总工会" in told(client.post(there, {**sent, "reason": "区划调整"}, follow=True))[0]
    )
    assert "went into 乙县总工会" in client.get(address("union_tree")).content.decode()
    assert place.officer.user.posts.filter(union=place.far, ends_on__isnull=True).count() == 1
    assert Union.objects.get(pk=place.county.pk).merged_into == place.far


def test_an_enterprise_is_closed_after_a_preview_and_opened_again(client, place):
    client.force_login(place.officer.user)
    there, today = address("enterprise_close", place.shop.pk), clock.today()
    asked = {"last_day": today.isoformat(), "members": "move", "to": "乙快递公司"}
    assert "No unit of yours has this code" in client.get(there, asked).content.decode()
    late = {**asked, "members": "end", "last_day": (today + dt.timedelta(days=1)).isoformat()}
    assert "lies in the future" in client.get(there, late).content.decode()
    asked = {**asked, "members": "end"}
    page = client.get(there, asked)
    assert page.context["seen"].members == 1
    sent = {**asked, "digest": page.context["seen"].digest, "reason": "注销"}
    assert told(client.post(there, {**sent, "reason": ""}, follow=True)) == ["Write down why."]
    done = client.post(there, sent, follow=True)
    assert "is closed with" in told(done)[0]
    assert "Open it again" in done.content.decode()
    assert not Membership.objects.filter(left_on__isnull=True).exists()
    assert told(client.post(address("enterprise_reopen", place.shop.pk), follow=True)) == [
        "甲快递公司 is open again."
    ]
    assert Enterprise.objects.get(pk=place.shop.pk).closed_on is None
    assert client.get(address("enterprise_close", place.second.pk)).status_code == 404
