"""Granting and ending posts, and writing the roles down."""

import datetime as dt

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _

from unionbenefits.access.models import Post
from unionbenefits.access.roles import BUNDLES, ENTERPRISE_ROLES, Role
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core.changes import change_fields
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union


def sync_roles(*, by: Actor) -> dict[str, int]:
    """Makes one group per role with exactly the permissions of its bundle; returns permissions per role.

    Raises Refusal `permission_unknown` when a bundle names a permission that no model has.
    """
    with act("roles.sync", by=by) as doing:
        known = {
            f"{p.content_type.app_label}.{p.codename}": p
            for p in Permission.objects.select_related("content_type")
        }
        for role, bundle in BUNDLES.items():
            missing = bundle.permissions - known.keys()
            if missing:
                raise Refusal(
                    "permission_unknown", _("Unknown permissions: %(names)s") % {"names": sorted(missing)}
                )
            group, _created = Group.objects.get_or_create(name=role.value)
            group.permissions.set([known[name] for name in bundle.permissions])
            doing.data[role.value] = len(bundle.permissions)
    return doing.data


def appoint(
    *,
    by: Actor,
    username: str,
    name: str,
    password: str,
    role: Role,
    union: Union | None = None,
    enterprise: Enterprise | None = None,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> User:
    """A new staff user with a first post: without one, nobody below the top could see the account again.

    Raises Refusal `username_taken` or `post_needs_place`.
    """
    with act("user.appoint", by=by) as doing:
        if User.objects.filter(username=username).exists():
            raise Refusal("username_taken", _("This sign-in name is taken. Choose another."))
        user = User.objects.create_user(username, password, name=name)
        grant_post(
            by=by,
            user=user,
            role=role,
            union=union,
            enterprise=enterprise,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        doing.about = user
    return user


def change_user(*, by: Actor, user: User, name: str, is_active: bool, password: str = "") -> User:
    """Corrects a staff user's name, opens or closes the account, or sets a new password where one is given.

    Raises Refusal `own_account`: nobody closes the own account by mistake; the own password has its page.
    """
    if user.audit_name == by.audit_name and (password or not is_active):
        raise Refusal(
            "own_account",
            _("Change your own password under your name in the menu. Only others can close your account."),
        )
    with act("user.change", by=by) as doing:
        changed = change_fields(user, {"name": name, "is_active": is_active})
        if password:
            user.set_password(password)
            user.save(update_fields=["password"])
            changed.append("password")
        doing.about, doing.data = user, {"changed": changed}
    return user


def grant_post(
    *,
    by: Actor,
    user: User,
    role: Role,
    union: Union | None = None,
    enterprise: Enterprise | None = None,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> Post:
    """Gives `user` a role at a union, or for a clerk at an enterprise.

    Raises Refusal `own_post` (nobody raises themselves: 等保 keeps administration, business and audit
    apart) or `post_needs_place`.
    """
    if user.audit_name == by.audit_name:
        raise Refusal("own_post", _("Nobody grants or ends their own post. Ask another administrator."))
    if (role in ENTERPRISE_ROLES) != (enterprise is not None) or (union is None) == (enterprise is None):
        raise Refusal("post_needs_place", _("A clerk's post needs an enterprise, every other post a union."))
    with act("post.grant", by=by) as doing:
        post = Post.objects.create(
            user=user, role=role, union=union, enterprise=enterprise, starts_on=starts_on, ends_on=ends_on
        )
        doing.about, doing.data = post, {"role": role.value, "user": user.pk}
    return post


def end_post(*, by: Actor, post: Post, last_day: dt.date) -> Post:
    """The post ends with `last_day`. Raises Refusal `own_post` or `post_ends_before_start`."""
    if post.user.audit_name == by.audit_name:
        raise Refusal("own_post", _("Nobody grants or ends their own post. Ask another administrator."))
    if last_day < post.starts_on:
        raise Refusal("post_ends_before_start", _("A post cannot end before it starts."))
    with act("post.end", by=by) as doing:
        post.ends_on = last_day
        post.save(update_fields=["ends_on"])
        doing.about, doing.data = post, {"last_day": last_day.isoformat()}
    return post
