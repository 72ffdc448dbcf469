"""What a person may do, and where."""

from functools import reduce

from unionbenefits.access.models import Post
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
    return reduce(_widen, posts_of(user), NOTHING)


def _widen(scope: Scope, post: Post) -> Scope:
    if post.enterprise_id is not None:
        return Scope(False, scope.union_paths, (*scope.enterprise_ids, post.enterprise_id))
    assert post.union is not None
    return Scope(False, (*scope.union_paths, post.union.path), scope.enterprise_ids)
