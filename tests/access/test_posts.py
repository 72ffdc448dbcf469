"""Posts: who may hold what beside what, who hands out what, standing in, handing over; refusals by their codes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.at_once import at_once
from tests.factories import EnterpriseFactory, PostFactory, UnionFactory, UserFactory
from unionbenefits.access.actions import end_post, grant_post, sync_roles, withdraw_post
from unionbenefits.access.handing_over import hand_over, undo_hand_over
from unionbenefits.access.models import HandOver, NoticeKind, Post, PostNotice
from unionbenefits.access.queries import scope_of
from unionbenefits.access.roles import BUNDLES, HANDS_OUT, INCOMPATIBLE, Role
from unionbenefits.access.rules import Held, Place, clash, incompatible_pairs, may_hand_out
from unionbenefits.access.standing_in import act_for
from unionbenefits.audit.actions import record, record_many
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.unions.enums import UnionKind

DAY = dt.timedelta(days=1)
JANUARY, MAY = dt.date(2026, 1, 1), dt.date(2026, 5, 1)
TOP, CITY, OTHER = Place("0001"), Place("00010001"), Place("00010002")
SHOP = Place("00010001", 7)


def code_of(act, **options) -> str:
    with pytest.raises(Refusal) as refusal:
        act(**options)
    assert str(refusal.value)
    return refusal.value.code


# --- rules, pure


def held(role, place=CITY, first=JANUARY, last=None):
    return Held(role, place, first, last)


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        (held(Role.CLAIMS_OFFICER), held(Role.CLAIMS_REVIEWER), True),
        (held(Role.CLAIMS_REVIEWER), held(Role.CLAIMS_APPROVER, TOP), True),
        (held(Role.CLAIMS_APPROVER, TOP), held(Role.CASHIER), True),
        (held(Role.CLAIMS_OFFICER), held(Role.CASHIER, OTHER), False),
        (held(Role.CLAIMS_OFFICER), held(Role.CLAIMS_OFFICER), False),
        (held(Role.CLAIMS_OFFICER, last=MAY - DAY), held(Role.CLAIMS_REVIEWER, first=MAY), False),
        (held(Role.CLAIMS_OFFICER, last=MAY), held(Role.CLAIMS_REVIEWER, first=MAY), True),
        (held(Role.ADMINISTRATOR), held(Role.UNION_OFFICER), True),
        (held(Role.ADMINISTRATOR, TOP), held(Role.ENTERPRISE_CLERK, SHOP), False),
        (held(Role.AUDITOR, TOP), held(Role.ENTERPRISE_CLERK, SHOP), True),
        (held(Role.AUDITOR, OTHER), held(Role.ENTERPRISE_CLERK, SHOP), False),
        (held(Role.AUDITOR), held(Role.ADMINISTRATOR), True),
        (held(Role.PROVINCE_OFFICER, TOP), held(Role.CASHIER), True),
        (held(Role.UNION_OFFICER), held(Role.MEDIATOR), False),
    ],
)
def test_roles_clash_in_overlapping_places_and_times(one, other, clashes):
    assert (clash(one, other) is not None, clash(other, one) is not None) == (clashes, clashes)


def test_the_table_keeps_audit_administration_money_and_the_steps_of_a_claim_apart():
    """Taken from the permissions, so that a new one cannot slip past the table."""
    changes = {
        role: {name for name in bundle.permissions if ".view_" not in name and name != "access.add_export"}
        for role, bundle in BUNDLES.items()
    }
    money = {
        role
        for role, names in changes.items()
        if any(name.startswith(("funds.", "claims.", "campaigns.")) for name in names)
    }
    apart = set(incompatible_pairs())
    assert {role for role in Role if (Role.AUDITOR, role) in apart} == set(Role) - {Role.AUDITOR}
    assert money - {Role.ADMINISTRATOR} <= {role for role in Role if (Role.ADMINISTRATOR, role) in apart}
    steps = (
        "claims.decide_decision",
        "claims.review_decision",
        "claims.approve_decision",
        "claims.submit_paymentbatch",
    )
    takers = [next(role for role in Role if step in changes[role]) for step in steps]
    assert all((one, other) in apart for one in takers for other in takers if one != other)
    assert all(str(row.why) for row in INCOMPATIBLE)
    assert {(other, one) for one, other in apart} == apart


@pytest.mark.parametrize(
    ("own", "role", "place", "may"),
    [
        (held(Role.UNION_OFFICER), Role.ENTERPRISE_CLERK, SHOP, True),
        (held(Role.UNION_OFFICER, TOP), Role.UNION_OFFICER, CITY, True),
        (held(Role.UNION_OFFICER), Role.UNION_OFFICER, CITY, False),
        (held(Role.UNION_OFFICER), Role.UNION_OFFICER, TOP, False),
        (held(Role.UNION_OFFICER), Role.ENTERPRISE_CLERK, Place("00010002", 8), False),
        (held(Role.UNION_OFFICER, TOP), Role.CASHIER, CITY, False),
        (held(Role.UNION_OFFICER, TOP), Role.ADMINISTRATOR, CITY, False),
        (held(Role.PROVINCE_OFFICER, TOP), Role.UNION_OFFICER, CITY, True),
        (held(Role.PROVINCE_OFFICER, TOP), Role.CLAIMS_OFFICER, CITY, False),
        (held(Role.INDUSTRY_OFFICER), Role.ENTERPRISE_CLERK, SHOP, False),
        (held(Role.ENTERPRISE_CLERK, SHOP), Role.ENTERPRISE_CLERK, SHOP, False),
        (held(Role.ADMINISTRATOR), Role.CASHIER, CITY, True),
        (held(Role.ADMINISTRATOR), Role.ADMINISTRATOR, CITY, False),
        (held(Role.ADMINISTRATOR, TOP), Role.ADMINISTRATOR, CITY, True),
        (held(Role.ADMINISTRATOR), Role.CASHIER, TOP, False),
        (held(Role.AUDITOR, TOP), Role.ENTERPRISE_CLERK, SHOP, False),
    ],
)
def test_posts_are_handed_out_strictly_below(own, role, place, may):
    assert may_hand_out([own], role, place) is may


def test_whoever_hands_out_posts_has_the_pages_for_it_and_nobody_else():
    pages = {"access.view_post", "access.add_post", "access.change_post"}
    assert {role for role in Role if pages <= BUNDLES[role].permissions} == set(HANDS_OUT)


# --- verbs


@pytest.fixture
def tree(db):
    class Tree:
        province = UnionFactory(kind=UnionKind.PROVINCE)
        district = UnionFactory(kind=UnionKind.COUNTY, parent=province)
        town = UnionFactory(kind=UnionKind.TOWN, parent=district)
        sibling = UnionFactory(kind=UnionKind.COUNTY, parent=province)
        shop = EnterpriseFactory(union=town)
        officer = PostFactory(union=district).user
        administrator = PostFactory(role=Role.ADMINISTRATOR, union=district).user

    return Tree


def notices(user):
    return set(PostNotice.objects.filter(user=user).values_list("kind", flat=True))


def test_granting_says_no_with_a_code_and_changes_nothing(tree):
    person = PostFactory(role=Role.CLAIMS_OFFICER, union=tree.district, ends_on="2030-12-31").user
    today = clock.today()

    def refused(by, **options):
        values = {
            "user": person,
            "role": Role.UNION_OFFICER,
            "union": tree.town,
            "starts_on": today,
        } | options
        return code_of(grant_post, by=by, **values)

    assert refused(tree.officer, user=tree.officer) == "own_post"
    assert refused(tree.officer, union=tree.district) == "post_not_yours"
    assert refused(tree.officer, union=tree.sibling) == "post_not_yours"
    assert refused(tree.officer, role=Role.CASHIER) == "post_not_yours"
    assert refused(person, user=UserFactory()) == "post_not_yours"
    assert refused(tree.administrator, role=Role.ADMINISTRATOR, union=tree.district) == "post_not_yours"
    assert refused(tree.administrator, role=Role.CASHIER) == "roles_incompatible"
    assert refused(SYSTEM, role=Role.AUDITOR, union=tree.province) == "roles_incompatible"
    assert refused(SYSTEM, role=Role.CLAIMS_OFFICER, union=tree.district) == "post_held"
    assert refused(SYSTEM, ends_on=today - DAY) == "post_ends_before_start"
    assert refused(SYSTEM, role=Role.ENTERPRISE_CLERK) == "post_needs_place"
    assert (person.posts.count(), Entry.objects.count(), notices(person)) == (1, 0, set())
    grant_post(
        by=tree.officer, user=person, role=Role.ENTERPRISE_CLERK, enterprise=tree.shop, starts_on=today
    )
    grant_post(by=SYSTEM, user=person, role=Role.CASHIER, union=tree.district, starts_on=dt.date(2031, 1, 1))
    assert (person.posts.count(), notices(person)) == (3, {NoticeKind.GRANTED})


def test_posts_end_and_those_to_come_are_withdrawn(tree):
    today = clock.today()
    post = PostFactory(union=tree.town)
    coming = PostFactory(union=tree.town, starts_on=today + DAY)
    assert (
        code_of(end_post, by=tree.officer, post=PostFactory(union=tree.district), last_day=today)
        == "post_not_yours"
    )
    assert code_of(end_post, by=post.user, post=post, last_day=today) == "own_post"
    assert (
        code_of(end_post, by=tree.officer, post=post, last_day=dt.date(2019, 1, 1))
        == "post_ends_before_start"
    )
    assert code_of(withdraw_post, by=tree.officer, post=post) == "post_begun"
    end_post(by=tree.officer, post=post, last_day=today)
    withdraw_post(by=tree.officer, post=coming)
    over = PostFactory(union=tree.town, ends_on=today - DAY)
    assert code_of(end_post, by=tree.officer, post=over, last_day=today) == "post_over"
    assert post.is_held_on(today)
    assert not post.is_held_on(today + DAY)
    assert not Post.objects.on(today + DAY).filter(pk=coming.pk).exists()
    assert (notices(post.user), notices(coming.user)) == ({NoticeKind.ENDED}, {NoticeKind.WITHDRAWN})


def test_a_longer_last_day_does_not_run_into_an_incompatible_post(tree):
    person = UserFactory()
    first = PostFactory(user=person, role=Role.CASHIER, union=tree.district, ends_on="2029-12-31")
    PostFactory(user=person, role=Role.CLAIMS_OFFICER, union=tree.district, starts_on="2030-01-01")
    by = tree.administrator
    assert code_of(end_post, by=by, post=first, last_day=dt.date(2030, 1, 1)) == "roles_incompatible"
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=first.pk).update(ends_on="2030-01-01")


# --- standing in


def test_a_stand_in_needs_a_reason_a_time_and_compatible_roles(tree):
    today = clock.today()
    post = PostFactory(union=tree.town, ends_on=today + 200 * DAY)
    auditor = PostFactory(role=Role.AUDITOR, union=tree.district).user

    def refused(**options):
        values = {
            "user": UserFactory(),
            "starts_on": today,
            "ends_on": today + DAY,
            "reason": "产假",
            "post": post,
        }
        return code_of(act_for, **{"by": tree.officer} | values | options)

    assert refused(reason=" ") == "reason_missing"
    assert refused(ends_on=today + 92 * DAY) == "acting_too_long"
    assert refused(ends_on=today - DAY) == "post_ends_before_start"
    assert refused(starts_on=today + 190 * DAY, ends_on=today + 201 * DAY) == "acting_outside_post"
    assert refused(user=post.user) == "acting_for_oneself"
    assert refused(user=tree.officer) == "own_post"
    assert refused(user=auditor) == "roles_incompatible"
    assert refused(by=post.user) == "post_not_yours"
    stand_in = act_for(
        by=tree.officer,
        post=post,
        user=UserFactory(),
        starts_on=today,
        ends_on=today + 91 * DAY,
        reason="产假",
    )
    assert (stand_in.role, stand_in.union, stand_in.stands_in_for) == (post.role, post.union, post)
    assert refused(post=stand_in) == "acting_for_acting"
    assert scope_of(stand_in.user).union_paths == (tree.town.path,)
    assert (notices(stand_in.user), notices(post.user)) == ({NoticeKind.ACTING}, {NoticeKind.STOOD_IN})
    end_post(by=tree.officer, post=post, last_day=today + 5 * DAY)
    stand_in.refresh_from_db()
    assert stand_in.ends_on == today + 5 * DAY


def test_the_database_refuses_an_acting_post_that_is_no_copy(tree):
    post, other = PostFactory(union=tree.town), UserFactory()
    acting = {"user": other, "starts_on": MAY, "ends_on": MAY, "stands_in_for": post, "reason": "产假"}
    for wrong in (
        {"union": tree.district},
        {"role": Role.CASHIER},
        {"user": post.user},
        {"reason": ""},
        {"ends_on": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PostFactory(**{"union": tree.town} | acting | wrong)
    PostFactory(union=tree.town, **acting)


def test_what_is_done_in_somebodys_stead_is_logged_so(tree):
    """Own acts are not: a permission held anyway, on an object within the own reach."""
    sync_roles(by=SYSTEM)
    today = clock.today()
    absent = PostFactory(union=tree.district).user
    own = PostFactory(role=Role.ENTERPRISE_CLERK, enterprise=tree.shop)
    person = own.user
    acting = act_for(
        by=SYSTEM, post=absent.posts.get(), user=person, starts_on=today, ends_on=today + DAY, reason="培训"
    )

    def logged(about, permission=""):
        again = type(person).objects.get(pk=person.pk)
        assert not permission or again.has_perm(permission)
        return record("test.act", by=again, about=about).data

    stead = {"acting_for": [absent.audit_name], "acting_post": [acting.pk]}
    elsewhere = EnterpriseFactory(union=tree.district)
    assert logged(tree.shop) == {}
    assert logged(tree.shop, "workers.upload_roster") == {}
    assert logged(tree.shop, "campaigns.approve_giftbatch") == stead
    assert logged(elsewhere) == stead
    assert logged(elsewhere, "workers.upload_roster") == stead
    Post.objects.filter(pk=own.pk).update(ends_on=today - DAY)
    assert logged(tree.shop) == stead
    record_many("test.acts", by=person, about=[tree.shop])
    assert Entry.objects.latest("pk").data == stead
    Post.objects.filter(pk=acting.pk).update(starts_on=today - 2 * DAY, ends_on=today - DAY)
    assert logged(tree.shop) == {}


# --- handing over


def test_a_post_passes_on_a_day_in_one_step_and_back_until_then(tree):
    today = clock.today()
    post = PostFactory(union=tree.town, ends_on=dt.date(2030, 12, 31))
    heir, day = UserFactory(), today + 10 * DAY
    deputy = act_for(
        by=SYSTEM, post=post, user=UserFactory(), starts_on=today, ends_on=today + 20 * DAY, reason="病假"
    )
    made = hand_over(by=tree.officer, post=post, to=heir, first_day=day, waiting=[{"text": "x", "count": 2}])
    deputy.refresh_from_db()
    successor = heir.posts.get()
    assert (post.ends_on, deputy.ends_on) == (day - DAY, day - DAY)
    assert (successor.starts_on, successor.ends_on, successor.union) == (
        day,
        dt.date(2030, 12, 31),
        tree.town,
    )
    assert (notices(post.user), notices(heir)) >= ({NoticeKind.HANDED_ON}, {NoticeKind.TAKEN_OVER})
    assert code_of(withdraw_post, by=tree.officer, post=successor) == "post_handed_over"
    assert (
        code_of(hand_over, by=SYSTEM, post=post, to=UserFactory(), first_day=today + DAY) == "hand_over_made"
    )
    undo_hand_over(by=tree.officer, made=made)
    post.refresh_from_db()
    assert (post.ends_on, scope_of(heir).is_empty) == (dt.date(2030, 12, 31), True)
    assert NoticeKind.HAND_OVER_UNDONE in notices(post.user) & notices(heir)
    assert code_of(undo_hand_over, by=tree.officer, made=made) == "hand_over_undone"


def test_handing_over_says_no_with_a_code(tree):
    today = clock.today()
    post = PostFactory(union=tree.town, ends_on=today + 30 * DAY)
    auditor = PostFactory(role=Role.AUDITOR, union=tree.district).user

    def refused(**options):
        values = {"by": tree.officer, "post": post, "to": UserFactory(), "first_day": today + DAY}
        return code_of(hand_over, **values | options)

    assert refused(first_day=today) == "hand_over_past"
    assert refused(first_day=today + 31 * DAY) == "hand_over_outside_post"
    assert refused(to=post.user) == "hand_over_to_oneself"
    assert refused(to=auditor) == "roles_incompatible"
    assert refused(by=post.user) == "own_post"
    assert refused(by=PostFactory(union=tree.sibling).user) == "post_not_yours"
    stand_in = act_for(
        by=SYSTEM, post=post, user=UserFactory(), starts_on=today, ends_on=today + DAY, reason="病假"
    )
    assert refused(post=stand_in) == "hand_over_of_acting"
    post.refresh_from_db()
    assert (post.ends_on, HandOver.objects.count()) == (today + 30 * DAY, 0)
    made = hand_over(by=SYSTEM, post=post, to=UserFactory(), first_day=today + DAY)
    Post.objects.filter(pk=made.successor_id).update(starts_on=today)
    assert code_of(undo_hand_over, by=SYSTEM, made=HandOver.objects.get()) == "hand_over_begun"


# --- races


@pytest.mark.django_db(transaction=True)
def test_two_incompatible_posts_at_once_leave_one():
    union, person = UnionFactory(), UserFactory()
    roles = (Role.CLAIMS_OFFICER, Role.CASHIER)

    def granting(role):
        return lambda: grant_post(by=SYSTEM, user=person, role=role, union=union, starts_on=JANUARY).role

    def writing(role):
        return lambda: Post.objects.create(user=person, role=role, union=union, starts_on=JANUARY).role

    answers = at_once([granting(role) for role in roles])
    assert set(answers) in ({"roles_incompatible", role} for role in roles)
    assert person.posts.count() == 1
    PostNotice.objects.all().delete()
    Post.objects.all().delete()
    answers = at_once([writing(role) for role in roles])
    assert sorted(isinstance(answer, IntegrityError) for answer in answers) == [False, True]
    assert person.posts.count() == 1
