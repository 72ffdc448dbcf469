"""Pages about posts: list, one post, granting, standing in, handing over, roles, who sees a unit, workbook."""

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.factories import EnterpriseFactory, PostFactory, UnionFactory, UserFactory
from tests.web.office import workbook
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.models import HandOver, Post, PostNotice
from unionbenefits.access.queries import scope_of
from unionbenefits.access.reach import Way, who_reaches
from unionbenefits.access.roles import Role
from unionbenefits.access.standing_in import act_for
from unionbenefits.accounts.models import User
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.core import clock
from unionbenefits.enterprises.models import Enterprise, IndustryAffiliation
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union

DAY = dt.timedelta(days=1)
HEAD = ("登录名", "姓名", "角色", "单位代码", "起", "止")


@pytest.fixture
def place(db):
    """A district with a town and a shop below it, a sibling, an industry union that the shop joined."""

    class Place:
        province = UnionFactory(name="省总工会", kind=UnionKind.PROVINCE)
        district = UnionFactory(name="甲区总工会", kind=UnionKind.COUNTY, parent=province, area_code="440605")
        town = UnionFactory(name="甲镇总工会", kind=UnionKind.TOWN, parent=district)
        sibling = UnionFactory(name="乙区总工会", kind=UnionKind.COUNTY, parent=province)
        industry = UnionFactory(name="行业工会", kind=UnionKind.INDUSTRY, parent=sibling)
        shop = EnterpriseFactory(name="甲快递公司", union=town)
        other_shop = EnterpriseFactory(name="乙快递公司", union=sibling)
        officer = PostFactory(union=district, user__name="区干部").user
        clerk = PostFactory(role=Role.ENTERPRISE_CLERK, enterprise=shop, user__name="文员").user

    IndustryAffiliation.objects.create(enterprise=Place.shop, union=Place.industry)
    return Place


@pytest.fixture
def client(place, client, settings):
    """The district's officer, in English."""
    sync_roles(by=SYSTEM)
    client.force_login(place.officer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def address(name, *args):
    return reverse(f"admin:{name}", args=args)


def test_list_shows_posts_below_by_time_and_narrows(client, place):
    today = clock.today()
    acting = act_for(
        by=SYSTEM,
        post=place.clerk.posts.get(),
        user=UserFactory(),
        starts_on=today,
        ends_on=today,
        reason="病假",
    )
    coming = PostFactory(union=place.town, starts_on=today + DAY)
    ended = PostFactory(union=place.town, ends_on=today - DAY)
    PostFactory(union=place.sibling)

    def listed(**query):
        return {post.pk for post in client.get(address("post_list"), query).context["rows"].rows}

    own = {place.officer.posts.get().pk, place.clerk.posts.get().pk}
    assert listed() == own | {acting.pk}
    assert listed(state="acting") == {acting.pk}
    assert listed(state="coming") == {coming.pk}
    assert listed(state="ended") == {ended.pk}
    assert listed(q="文员") == {place.clerk.posts.get().pk}
    assert listed(role="union_officer") == {place.officer.posts.get().pk}
    page = client.get(address("post_page", acting.pk)).content.decode()
    assert "Stands in for 文员" in page
    assert "病假" in page
    assert client.get(address("post_page", Post.objects.get(union=place.sibling).pk)).status_code == 404


def test_an_officer_grants_below_and_gets_the_link_for_somebody_new(client, place):
    today = clock.today().isoformat()
    form = {
        "username": "new.clerk",
        "name": "新文员",
        "role": "enterprise_clerk",
        "place": "甲快递公司",
        "starts_on": today,
    }
    page = client.get(address("post_grant"))
    assert {code for code, _label in page.context["form"].fields["role"].choices} == {
        "", "union_officer", "industry_officer", "enterprise_clerk", "mediator"
    }  # fmt: skip
    for wrong, sentence in (
        ({"place": "乙快递公司"}, "No unit of yours has this code."),
        ({"role": "union_officer", "place": "440605"}, "You manage posts below your own place"),
        ({"name": ""}, "Write the full name"),
        ({"role": "cashier"}, "Select a valid choice"),
        ({"starts_on": ""}, "This field is required"),
        ({"username": place.officer.username, "name": ""}, "Nobody grants or ends their own post"),
    ):
        answer = client.post(address("post_grant"), form | wrong)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True), wrong
    assert not User.objects.filter(username="new.clerk").exists()
    answer = client.post(address("post_grant"), form)
    user = User.objects.get(username="new.clerk")
    assert re.search(r"/admin/set-password/[^\"]+", answer.content.decode())
    assert not user.has_usable_password()
    assert scope_of(user).enterprise_ids == (place.shop.pk,)
    answer = client.post(address("post_grant"), form | {"role": "union_officer", "place": "甲镇总工会"})
    assert answer.status_code == 302
    assert user.posts.count() == 2
    client.force_login(place.clerk)
    assert client.get(address("post_grant")).status_code == 403


def test_a_post_is_handed_over_stood_in_for_undone_and_ended_on_its_page(client, place):
    today = clock.today()
    post, heir = place.clerk.posts.get(), UserFactory()
    page = client.get(address("post_hand_over", post.pk))
    assert [one.text for one in page.context["work"]] == ["Rosters to check and confirm"]
    form = {"to": heir.username, "first_day": (today + 5 * DAY).isoformat()}
    assert (
        "Nobody with an open account"
        in client.post(address("post_hand_over", post.pk), {**form, "to": "x"}).content.decode()
    )
    assert (
        "Choose a day to come"
        in client.post(
            address("post_hand_over", post.pk), {**form, "first_day": today.isoformat()}
        ).content.decode()
    )
    assert client.post(address("post_hand_over", post.pk), form).status_code == 302
    page = client.get(address("post_page", post.pk))
    assert page.context["may"] == {"undo", "act_for"}
    assert f"Passes from 文员 to {heir.name}" in page.content.decode()
    client.post(address("post_hand_over_undo", post.pk))
    assert HandOver.objects.get().undone_by == place.officer.audit_name
    form = {
        "to": heir.username,
        "starts_on": today.isoformat(),
        "ends_on": (today + DAY).isoformat(),
        "reason": "培训",
    }
    assert client.post(address("post_act_for", post.pk), {**form, "reason": ""}).status_code == 422
    client.post(address("post_act_for", post.pk), form)
    page = client.get(address("post_page", post.pk))
    assert [one.user for one in page.context["stand_ins"]] == [heir]
    assert page.context["may"] == {"end", "act_for", "hand_over"}
    client.post(address("post_end", post.pk), {"last_day": (today - 3 * 365 * DAY).isoformat()})
    post.refresh_from_db()
    assert post.ends_on == today - 3 * 365 * DAY
    assert [act.action for act, _words in client.get(address("post_page", post.pk)).context["acts"]][-2:] == [
        "post.hand_over.undo",
        "post.hand_over",
    ]
    client.force_login(heir)
    assert (
        len(client.get(address("index")).context["post_notices"])
        == PostNotice.objects.filter(user=heir).count()
        > 0
    )
    client.post(address("post_notices_read"))
    assert client.get(address("index")).context["post_notices"] == []


def test_a_moved_union_shows_whose_posts_clash_now(client, place):
    """Granting refuses them; a move of the tree can still bring two places above each other."""
    person = PostFactory(role=Role.CLAIMS_OFFICER, union=place.town).user
    shelf = UnionFactory(kind=UnionKind.TOWN, parent=place.district)
    PostFactory(role=Role.CASHIER, union=shelf, user=person)
    assert client.get(address("post_list")).context["clashes"] == []
    Union.objects.move(Union.objects.get(pk=shelf.pk), Union.objects.get(pk=place.town.pk), "first-child")
    (found,) = client.get(address("post_list")).context["clashes"]
    assert {found.one.role, found.other.role} == {Role.CLAIMS_OFFICER, Role.CASHIER}


def test_own_and_higher_posts_offer_no_button(client, place):
    peer = PostFactory(union=place.district)
    for post in (place.officer.posts.get(), peer):
        assert client.get(address("post_page", post.pk)).context["may"] == set()
        client.post(address("post_end", post.pk), {"last_day": clock.today().isoformat()})
        post.refresh_from_db()
        assert post.ends_on is None


def test_roles_in_words_name_every_role_permission_and_conflict(client):
    page = client.get(address("role_list"))
    text = page.content.decode()
    assert [view.role for view in page.context["roles"]] == list(Role)
    assert [view.role for view in page.context["roles"] if view.is_own] == [Role.UNION_OFFICER]
    assert "Can propose a decision" in text
    assert "Whoever keeps users and posts touches no money." in text
    assert len(page.context["conflicts"]) == 4


def test_who_sees_a_unit_agrees_with_the_scope_of_everybody(client, place):
    """The page and every scoped list answer by one rule: compared for all people and all units."""
    today = clock.today()
    PostFactory(role=Role.INDUSTRY_OFFICER, union=place.industry)
    PostFactory(role=Role.AUDITOR, union=place.province)
    PostFactory(union=place.town, ends_on=today - DAY)
    UserFactory(is_superuser=True)
    PostFactory(union=place.town, user__is_active=False)
    act_for(
        by=SYSTEM,
        post=place.officer.posts.get(),
        user=UserFactory(),
        starts_on=today,
        ends_on=today,
        reason="病假",
    )
    for unit in (*Union.objects.all(), *Enterprise.objects.all()):
        reaching = {reach.user for reach in who_reaches(unit)}
        seeing = {
            user
            for user in User.objects.all()
            if type(unit).objects.in_scope(scope_of(user)).filter(pk=unit.pk).exists()
        }
        assert reaching == seeing, unit
    assert {reach.way for reach in who_reaches(place.shop)} == {
        Way.CLERK,
        Way.ABOVE,
        Way.INDUSTRY,
        Way.SUPERUSER,
    }
    page = client.get(address("enterprise_access", place.shop.pk))
    links = {row["user"].name for row in page.context["rows"] if row["link"]}
    assert links == {"文员", "区干部"} | {
        reach.user.name for reach in who_reaches(place.shop) if reach.post and reach.post.stands_in_for_id
    }
    assert client.get(address("enterprise_access", place.other_shop.pk)).status_code == 404
    found = client.get(address("unit_access_find"), {"q": "甲"}).context
    assert ([one.name for one in found["unions"]], [one.name for one in found["enterprises"]]) == (
        ["甲区总工会", "甲镇总工会"],
        ["甲快递公司"],
    )


def rows_for(place):
    today = clock.today().isoformat()
    return [
        ("a.new", "新人", "企业工会经办人", place.shop.credit_code, today, ""),
        ("a.new", "新人", "union_officer", "甲镇总工会", today, "2030-12-31"),
        (place.clerk.username, "", "Enterprise union clerk", place.shop.credit_code, "2020/1/1", ""),
    ]


def test_officers_from_a_workbook_are_judged_then_taken_over_as_a_whole(client, place):
    rows = rows_for(place)
    rows[0] = (*rows[0][:2], "enterprise_clerk", *rows[0][3:])
    wrong = [
        ("x y", "甲", "enterprise_clerk", place.shop.credit_code, "2026-01-01", ""),
        ("b", "", "enterprise_clerk", place.shop.credit_code, "2026-01-01", ""),
        ("b", "乙", "king", place.shop.credit_code, "2026-01-01", ""),
        ("b", "乙", "enterprise_clerk", place.other_shop.credit_code, "2026-01-01", ""),
        ("b", "乙", "union_officer", "440605", "2026-01-01", ""),
        ("b", "乙", "union_officer", "甲镇总工会", "soon", ""),
        (place.clerk.username, "别人", "union_officer", "甲镇总工会", "2026-01-01", ""),
        ("a.new", "新人", "union_officer", "甲镇总工会", "2026-01-01", "2030-12-31"),
    ]

    def send(lines):
        file = SimpleUploadedFile("干部.xlsx", workbook(lines, HEAD))
        return client.post(address("officer_import"), {"file": file})

    answer = send([*rows, *wrong])
    judged = answer.context["outcome"]
    assert [one.code for one in judged.lines] == [
        "", "", "", "username_wrong", "name_missing", "role_unknown", "place_unknown", "post_not_yours", "day_wrong",
        "name_differs", "post_held",
    ]  # fmt: skip
    assert (judged.applied, answer.context["packed"], User.objects.filter(username="a.new").exists()) == (
        False,
        "",
        False,
    )
    answer = send(rows)
    assert [one.verdict for one in answer.context["outcome"].lines] == ["new", "post", "unchanged"]
    assert not User.objects.filter(username="a.new").exists()
    answer = client.post(address("officer_import"), {"lines": answer.context["packed"]})
    outcome = answer.context["outcome"]
    assert (outcome.applied, User.objects.get(username="a.new").posts.count()) == (True, 2)
    saved = client.post(address("officer_result"), {"judged": answer.context["judged"]})
    book = CalamineWorkbook.from_filelike(io.BytesIO(saved.content)).get_sheet_by_index(0).to_python()
    assert book[1][-1] == outcome.lines[0].link != ""
    forged = client.post(address("officer_import"), {"lines": answer.context["judged"] + "x"})
    assert forged.status_code == 422
    assert send([]).status_code == 422
