"""Moving and merging unions: what goes along, who sees it at once, what stands in the way."""

import datetime as dt

import pytest

from tests.at_once import at_once
from tests.factories import EnterpriseFactory, MembershipFactory, PostFactory, UnionFactory
from unionbenefits.access.actions import grant_post
from unionbenefits.access.merging import merge_unions, preview_merge
from unionbenefits.access.models import Post
from unionbenefits.access.moving import move_union, preview_move
from unionbenefits.access.queries import scope_of
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.actions import join_industry_union, register_enterprise
from unionbenefits.enterprises.models import Enterprise, IndustryAffiliation
from unionbenefits.unions.actions import found_union
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union
from unionbenefits.workers.integrity import tree_faults
from unionbenefits.workers.models import Membership

DAY = dt.timedelta(days=1)


@pytest.fixture
def tree(db):
    return planted()


def planted():
    """Two cities, a county with a town and a shop under the first, a county under the second."""

    class Tree:
        province = UnionFactory(name="省", kind=UnionKind.PROVINCE)
        city = UnionFactory(name="甲市", kind=UnionKind.CITY, parent=province)
        other = UnionFactory(name="乙市", kind=UnionKind.CITY, parent=province)
        county = UnionFactory(name="甲县", kind=UnionKind.COUNTY, parent=city)
        town = UnionFactory(name="甲镇", kind=UnionKind.TOWN, parent=county)
        far = UnionFactory(name="乙县", kind=UnionKind.COUNTY, parent=other)
        shop = EnterpriseFactory(name="快递", union=town)

    return Tree


def refused(verb, **asked):
    with pytest.raises(Refusal) as caught:
        verb(**asked)
    return caught.value.code


def sees(post, enterprise):
    return Enterprise.objects.in_scope(scope_of(post.user)).filter(pk=enterprise.pk).exists()


def test_a_moved_union_takes_all_below_along_and_is_seen_from_its_new_place(tree):
    before, after = PostFactory(union=tree.city), PostFactory(union=tree.other)
    boss = PostFactory(role=Role.ADMINISTRATOR, union=tree.province).user
    seen = preview_move(by=boss, union=tree.county, parent=tree.other)
    assert (seen.unions, seen.enterprises, seen.gaining, seen.losing) == (2, 1, [after], [before])
    for _click in range(2):
        move_union(by=boss, union=tree.county, parent=tree.other, digest=seen.digest)
    assert (sees(before, tree.shop), sees(after, tree.shop)) == (False, True)
    county, town, other = (Union.objects.get(pk=one.pk) for one in (tree.county, tree.town, tree.other))
    assert (town.path[:-4], county.path[:-4]) == (county.path, other.path)
    assert tree_faults() == []
    assert tree.town.events.latest("pgh_id").pgh_context.metadata["action"] == "union.move"
    (entry,) = Entry.objects.filter(action="union.move")
    assert (entry.object_id, entry.data["from"], entry.data["to"]) == (
        str(county.pk), tree.city.pk, other.pk
    )  # fmt: skip


def test_moves_that_the_rules_refuse_change_nothing(tree):
    boss = PostFactory(role=Role.PROVINCE_OFFICER, union=tree.province).user
    below = PostFactory(role=Role.PROVINCE_OFFICER, union=tree.city).user
    union_officer = PostFactory(union=tree.province).user
    paths = list(Union.objects.values_list("path", flat=True))
    for by, union, parent, code in (
        (boss, tree.county, tree.county, "move_below_itself"),
        (boss, tree.county, tree.town, "move_below_itself"),
        (boss, tree.city, tree.far, "kind_misplaced"),
        (boss, tree.province, tree.city, "place_not_yours"),
        (below, tree.county, tree.other, "place_not_yours"),
        (union_officer, tree.county, tree.other, "place_not_yours"),
    ):
        assert refused(move_union, by=by, union=union, parent=parent) == code
    seen = preview_move(by=boss, union=tree.county, parent=tree.other)
    UnionFactory(kind=UnionKind.TOWN, parent=tree.county)
    asked = {"by": boss, "union": tree.county, "parent": tree.other, "digest": seen.digest}
    assert refused(move_union, **asked) == "tree_changed"
    assert set(paths) < set(Union.objects.values_list("path", flat=True))
    assert not Entry.objects.filter(action="union.move").exists()


def test_a_preview_names_the_posts_that_would_clash(tree):
    person = PostFactory(role=Role.CLAIMS_OFFICER, union=tree.town).user
    PostFactory(role=Role.CASHIER, union=tree.far, user=person)
    shelf = UnionFactory(kind=UnionKind.TOWN, parent=tree.county)
    assert preview_move(by=SYSTEM, union=shelf, parent=tree.far).clashes == []
    (found,) = preview_move(by=SYSTEM, union=tree.town, parent=tree.far).clashes
    assert {found.one.role, found.other.role} == {Role.CLAIMS_OFFICER, Role.CASHIER}


def test_a_merged_union_gives_all_it_has_and_stays_readable(tree):
    boss = PostFactory(role=Role.ADMINISTRATOR, union=tree.province).user
    officer = PostFactory(union=tree.county)
    coming = PostFactory(role=Role.MEDIATOR, union=tree.county, starts_on=clock.today() + DAY)
    there = PostFactory(union=tree.far)
    own = EnterpriseFactory(union=tree.county)
    assert refused(merge_unions, by=boss, union=tree.county, into=tree.far, reason=" ") == "reason_missing"
    seen = preview_merge(by=boss, union=tree.county, into=tree.far)
    assert ([one.pk for one in seen.children], seen.enterprises, seen.posts) == (
        [tree.town.pk], 1, [officer, coming]
    )  # fmt: skip
    for _click in range(2):
        left = merge_unions(
            by=boss, union=tree.county, into=tree.far, reason="区划调整", posts_go_on=True, digest=seen.digest
        )
        assert left == []
    closed = Union.objects.get(pk=tree.county.pk)
    assert (closed.merged_into, closed.closed_on) == (tree.far, clock.today())
    assert (sees(there, tree.shop), sees(there, own)) == (True, True)
    assert Union.objects.in_scope(scope_of(there.user)).filter(pk=closed.pk).exists()
    for post in (officer, coming):
        post.refresh_from_db()
    assert (officer.ends_on, coming.withdrawn) == (clock.today(), True)
    heirs = Post.objects.filter(union=tree.far).exclude(pk=there.pk)
    assert {(one.user, one.role, one.starts_on) for one in heirs} == {
        (officer.user, Role.UNION_OFFICER, clock.today()),
        (coming.user, Role.MEDIATOR, clock.today() + DAY),
    }
    assert tree_faults() == []
    assert Entry.objects.filter(action="union.merge").count() == 1


def test_a_closed_union_accepts_nothing_new(tree):
    merge_unions(by=SYSTEM, union=tree.county, into=tree.far, reason="合并")
    closed, user = Union.objects.get(pk=tree.county.pk), PostFactory(union=tree.town).user
    today = clock.today()
    for verb, asked in (
        (found_union, {"name": "新", "kind": UnionKind.TOWN, "parent": closed}),
        (register_enterprise, {"name": "新", "credit_code": "91440000XX00000191", "union": closed}),
        (grant_post, {"user": user, "role": Role.UNION_OFFICER, "union": closed, "starts_on": today}),
        (move_union, {"union": tree.town, "parent": closed}),
        (move_union, {"union": closed, "parent": tree.city}),
        (merge_unions, {"union": tree.far, "into": closed, "reason": "合并"}),
        (merge_unions, {"union": closed, "into": tree.city, "reason": "合并"}),
    ):
        assert refused(verb, by=SYSTEM, **asked) == "union_closed", asked


def test_merges_that_the_rules_refuse(tree):
    boss = PostFactory(role=Role.ADMINISTRATOR, union=tree.province).user
    below = PostFactory(role=Role.ADMINISTRATOR, union=tree.city).user
    for by, union, into, code in (
        (boss, tree.county, tree.county, "merge_into_itself"),
        (boss, tree.county, tree.town, "kinds_differ"),
        (below, tree.county, tree.far, "place_not_yours"),
    ):
        assert refused(merge_unions, by=by, union=union, into=into, reason="合并") == code
    nested = UnionFactory(kind=UnionKind.COUNTY, parent=tree.county)
    assert refused(merge_unions, by=boss, union=tree.county, into=nested, reason="合并") == "merge_below"


def test_joined_enterprises_follow_a_merged_industry_union_once(tree):
    old = UnionFactory(kind=UnionKind.INDUSTRY, parent=tree.city)
    new = UnionFactory(kind=UnionKind.INDUSTRY, parent=tree.other)
    both, one = tree.shop, EnterpriseFactory(union=tree.far)
    for enterprise, union in ((both, old), (both, new), (one, old)):
        join_industry_union(by=SYSTEM, enterprise=enterprise, union=union, since=clock.today())
    merge_unions(by=SYSTEM, union=old, into=new, reason="合并")
    assert set(IndustryAffiliation.objects.values_list("enterprise", "union")) == {
        (both.pk, new.pk), (one.pk, new.pk)
    }  # fmt: skip


def test_faults_of_the_tree_are_found(tree):
    assert tree_faults() == []
    county, far = tree.county, tree.far
    Union.objects.filter(pk=tree.town.pk).update(depth=9)
    Union.objects.filter(pk=tree.city.pk).update(numchild=5)
    Union.objects.filter(pk=far.pk).update(path="00019999ZZZZ")
    Union.objects.filter(pk=county.pk).update(closed_on=clock.today(), merged_into=far)
    lost = EnterpriseFactory(union=county)
    gone = EnterpriseFactory(union=tree.city, closed_on=clock.today())
    MembershipFactory(enterprise=gone)
    post = PostFactory(union=county)
    assert {(fault.code, fault.about) for fault in tree_faults()} == {
        ("tree_depth", str(tree.town.pk)),
        ("tree_children", str(tree.city.pk)),
        ("tree_children", str(tree.other.pk)),
        ("tree_path", str(far.pk)),
        ("union_below_closed", str(tree.town.pk)),
        ("enterprise_of_closed_union", str(lost.pk)),
        ("member_of_closed_enterprise", str(gone.pk)),
        ("post_at_closed_unit", str(post.pk)),
    }


@pytest.mark.django_db(transaction=True)
def test_overlapping_moves_at_once_leave_a_whole_tree():
    """One moves the county, the other the town inside it; and two try to put two unions under each other."""
    tree = planted()
    MembershipFactory(enterprise=tree.shop)
    answers = at_once(
        [
            lambda: move_union(by=SYSTEM, union=tree.county, parent=tree.other).pk,
            lambda: move_union(by=SYSTEM, union=tree.town, parent=tree.far).pk,
            lambda: found_union(by=SYSTEM, name="一", kind=UnionKind.COUNTY, parent=tree.other).name,
            lambda: found_union(by=SYSTEM, name="二", kind=UnionKind.COUNTY, parent=tree.other).name,
        ]
    )
    assert answers == [tree.county.pk, tree.town.pk, "一", "二"]
    town, far = Union.objects.get(pk=tree.town.pk), Union.objects.get(pk=tree.far.pk)
    assert (tree_faults(), town.path[:-4]) == ([], far.path)
    assert Membership.objects.filter(enterprise__union__path__startswith=far.path).count() == 1
