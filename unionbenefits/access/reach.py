"""Who can see a unit, and why: the posts that reach it, by the rule of every scoped list (invariant 9)."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from unionbenefits.access.models import Post
from unionbenefits.accounts.models import User
from unionbenefits.core import clock
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union


class Way(StrEnum):
    """How a post comes to reach a unit."""

    HERE = "here"
    ABOVE = "above"
    INDUSTRY = "industry"
    CLERK = "clerk"
    SUPERUSER = "superuser"


@dataclass(frozen=True, slots=True)
class Reach:
    """One person, one post. `through` is the union that the post is at, for INDUSTRY the union joined."""

    user: User
    way: Way
    post: Post | None = None
    through: Union | Enterprise | None = None


def who_reaches(unit: Union | Enterprise) -> list[Reach]:
    """Everybody with an open account who sees the unit today: nearest posts first, then the superusers.

    A union is seen by posts at it and above it, and by clerks of its enterprises; an enterprise by its
    clerks, by posts at its union and above, and at or above the industry unions it joined. Three queries.
    """
    found = _by_posts(unit)
    superusers = User.objects.filter(is_superuser=True, is_active=True).order_by("username")
    return [*found, *(Reach(user, Way.SUPERUSER) for user in superusers)]


def _by_posts(unit: Union | Enterprise) -> list[Reach]:
    home = unit.union if isinstance(unit, Enterprise) else unit
    joined = list(unit.industry_unions.all()) if isinstance(unit, Enterprise) else []
    above = _at_or_above(home.path)
    sideways = {path: union for union in joined for path in _at_or_above(union.path)}
    clerks = Q(enterprise=unit) if isinstance(unit, Enterprise) else Q(enterprise__union=unit)
    posts = (
        Post.objects.on(clock.today())
        .filter(Q(union__path__in=above | sideways.keys()) | clerks, user__is_active=True)
        .filter(user__is_superuser=False)
        .with_places()
        .select_related("user", "stands_in_for__user")
    )
    reaches = [_reach(post, home, sideways) for post in posts]
    return sorted(reaches, key=_nearest)


def _reach(post: Post, home: Union, sideways: dict[str, Union]) -> Reach:
    if post.union is None:
        return Reach(post.user, Way.CLERK, post, post.enterprise)
    path = post.union.path
    if path == home.path:
        return Reach(post.user, Way.HERE, post, post.union)
    if home.path.startswith(path):
        return Reach(post.user, Way.ABOVE, post, post.union)
    return Reach(post.user, Way.INDUSTRY, post, sideways[path])


def _at_or_above(path: str) -> set[str]:
    return {path[:end] for end in range(Union.steplen, len(path) + 1, Union.steplen)}


def _nearest(reach: Reach) -> tuple[int, int, str, int]:
    order = [Way.CLERK, Way.HERE, Way.INDUSTRY, Way.ABOVE]
    post = reach.post
    assert post is not None
    depth = len(post.union.path) if post.union is not None else 0
    return order.index(reach.way), -depth, reach.user.username, post.pk
