"""Who acts and on what, for the management commands about posts."""

from django.utils.translation import gettext as _

from unionbenefits.access.models import Post
from unionbenefits.access.queries import scope_of
from unionbenefits.access.roles import Role
from unionbenefits.accounts.models import User
from unionbenefits.audit.actors import Actor, System
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound
from unionbenefits.core.scope import EVERYTHING, Scope


def acting_officer(username: str | None, command: str, permission: str) -> tuple[Actor, Scope]:
    """The officer named, within their posts, or the command line itself, which may do everything.

    Raises NotFound `officer_unknown`.
    """
    if not username:
        return System(command), EVERYTHING
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.has_perm(permission):
        raise NotFound(
            "officer_unknown", _("There is no officer %(name)s who may do this.") % {"name": username}
        )
    return user, scope_of(user)


def person_named(username: str) -> User:
    """An open account. Raises NotFound `user_unknown`."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFound(
            "user_unknown",
            _("Nobody with an open account has the sign-in name %(name)s.") % {"name": username},
        )
    return user


def person_managed(username: str, scope: Scope) -> User:
    """An open account all of whose posts lie in the scope. Raises NotFound `user_unknown`."""
    user = person_named(username)
    if not User.objects.get_queryset().wholly_in_scope(scope).filter(pk=user.pk).exists():
        raise NotFound(
            "user_unknown",
            _("Nobody with an open account has the sign-in name %(name)s.") % {"name": username},
        )
    return user


def post_of(username: str, role: Role | None, scope: Scope) -> Post:
    """The one post, own and not acting, that the person holds now or from a day to come.

    Raises NotFound `post_unknown`, also where several fit: then the role tells them apart.
    """
    posts = Post.objects.in_scope(scope).standing().filter(user__username=username, stands_in_for=None)
    posts = posts.exclude(ends_on__lt=clock.today())
    if role is not None:
        posts = posts.filter(role=role)
    found = list(posts.with_places().select_related("user")[:2])
    if len(found) != 1:
        raise NotFound(
            "post_unknown",
            _("%(name)s holds no such post, or several. Name the role, or use the panel.")
            % {"name": username},
        )
    post: Post = found[0]
    return post
