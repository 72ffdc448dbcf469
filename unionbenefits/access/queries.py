"""What a person may do, and where."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from unionbenefits.access.models import Post, PostNotice
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.accounts.models import User
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.core.scope import EVERYTHING, NOTHING, Scope

_ACTS_SHOWN: Final = 100


def posts_of(user: User) -> list[Post]:
    """The posts that the person holds today; `has_news` tells whether there is something to be told."""
    news = PostNotice.objects.unread().filter(user=OuterRef("user"))
    held = Post.objects.filter(user=user).on(clock.today()).annotate(has_news=Exists(news))
    return list(held.select_related("union", "enterprise", "stands_in_for__user"))


def posts_at_hand(user: User) -> list[Post]:
    """The same, without asking again where the scope of this very request was worked out from them."""
    if not hasattr(user, "_posts_today"):
        user._posts_today = posts_of(user)  # type: ignore[attr-defined]
    held: list[Post] = user._posts_today  # type: ignore[attr-defined]
    return held


def scope_of(user: User) -> Scope:
    """Everything under the person's posts of today. An installation's superuser sees everything."""
    if not user.is_active:
        return NOTHING
    if user.is_superuser:
        return EVERYTHING
    return scope_through(posts_of(user))


def scope_through(posts: Iterable[Post]) -> Scope:
    """Everything under these posts."""
    return reduce(widen, posts, NOTHING)


def widen(scope: Scope, post: Post) -> Scope:
    """The scope with what the post reaches."""
    if post.enterprise_id is not None:
        return Scope(False, scope.union_paths, (*scope.enterprise_ids, post.enterprise_id))
    assert post.union is not None
    return Scope(False, (*scope.union_paths, post.union.path), scope.enterprise_ids)


def role_for(user: User, permission: str) -> str:
    """The role under which the person may do it today, for the log; empty for an installation's superuser."""
    roles = (Role(post.role) for post in posts_of(user))
    return next((role.value for role in roles if permission in BUNDLES[role].permissions), "")


def role_words(code: str) -> str:
    """A role of the log in words, for people who may not learn names: former roles too."""
    return str(Role(code).label) if code in Role.values else _("A member of staff")


@dataclass(frozen=True, slots=True)
class PostAct:
    """One act on a post, for its page: when, the sentence's code, who, for whom, and the days it is about."""

    at: dt.datetime
    action: str
    who: str
    acting_for: str
    data: dict[str, Any]


def acts_on(post: Post) -> list[PostAct]:
    """What was done about the post, the newest first; whoever did it stands above it. Two queries."""
    about = Q(object_type=post._meta.label_lower, object_id=str(post.pk))
    about |= Q(action="post.hand_over", data__successor=post.pk)
    entries = list(Entry.objects.filter(about).order_by("-id")[:_ACTS_SHOWN])
    named = {name for entry in entries for name in (entry.actor, *entry.data.get("acting_for", ()))}
    known = User.objects.filter(username__in=[name.removeprefix("staff:") for name in named])
    names = {user.audit_name: str(user) for user in known}
    return [
        PostAct(
            entry.at,
            entry.action,
            names.get(entry.actor, ""),
            "、".join(names.get(name, name) for name in entry.data.get("acting_for", ())),
            entry.data,
        )
        for entry in entries
    ]
