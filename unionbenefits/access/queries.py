"""What a person may do, and where."""

from functools import reduce

from django.utils.translation import gettext as _

from unionbenefits.access.models import Post
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.accounts.models import User
from unionbenefits.core import clock
from unionbenefits.core.scope import EVERYTHING, NOTHING, Scope


def posts_of(user: User) -> list[Post]:
    """The posts that the person holds today."""
    return list(Post.objects.filter(user=user).on(clock.today()).select_related("union", "enterprise"))


def scope_of(user: User) -> Scope:
    """Everything under the person's posts of today. An installation's superuser sees everything."""
    if not user.is_active:
        return NOTHING
    if user.is_superuser:
        return EVERYTHING
    return reduce(widen, posts_of(user), NOTHING)


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
