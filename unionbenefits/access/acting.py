"""Which acts are done in somebody's stead: every entry of the log says so.

An act counts as done under an acting post where the person's own posts would not have allowed it: a
permission that was asked of them comes from the acting post alone, or the object lies beyond their places.
Whoever holds no post of their own does everything under it.
"""

from functools import reduce
from typing import Any

from django.db.models import Model

from unionbenefits.access.models import Post
from unionbenefits.access.queries import widen
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.accounts.models import User
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.scope import NOTHING, Scope


def capacity(by: Actor, about: Model | None) -> dict[str, Any]:
    """`acting_for`, audit names, and `acting_post`, keys of the acting posts; empty for acts of one's own."""
    if not isinstance(by, User) or by.is_superuser:
        return {}
    held = Post.objects.filter(user=by).on(clock.today())
    # Asked at every entry of the log, and hardly ever true: the short question comes first.
    if not held.filter(stands_in_for__isnull=False).exists():
        return {}
    posts = list(held.with_places().select_related("stands_in_for__user"))
    acting = [post for post in posts if post.stands_in_for_id is not None]
    own = [post for post in posts if post.stands_in_for_id is None]
    asked = set(getattr(by, "asked_while_acting", ()))
    beyond = about is not None and not _reaches(own, about)
    if own and not asked and not beyond:
        return {}
    used = [post for post in acting if _serves(post, asked, about if beyond else None)] or acting
    return {
        "acting_for": sorted({post.stands_in_for.user.audit_name for post in used}),
        "acting_post": [post.pk for post in used],
    }


def _serves(post: Post, asked: set[str], about: Model | None) -> bool:
    gives = not asked or bool(asked & BUNDLES[Role(post.role)].permissions)
    return gives and (about is None or _reaches([post], about))


def _reaches(posts: list[Post], about: Model) -> bool:
    """Whether the object lies under the posts; one without a place, such as a limit, lies under any."""
    rows = type(about)._default_manager.all()
    if not hasattr(rows, "in_scope"):
        return True
    scope: Scope = reduce(widen, posts, NOTHING)
    return bool(rows.in_scope(scope).filter(pk=about.pk).exists())
