"""Granting and ending posts, and writing the roles down."""

import datetime as dt

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _

from unionbenefits.access.authority import lock_person, require_authority, require_compatible, require_open
from unionbenefits.access.models import NoticeKind, Post
from unionbenefits.access.notices import tell
from unionbenefits.access.roles import BUNDLES, ENTERPRISE_ROLES, Role
from unionbenefits.accounts.models import User
from unionbenefits.accounts.staff_sessions import next_round, note_rights
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.changes import change_fields
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union


def sync_roles(*, by: Actor) -> dict[str, int]:
    """Makes one group per role with exactly the permissions of its bundle; returns permissions per role.

    Raises Refusal `permission_unknown` when a bundle names a permission that no model has.
    """
    with act("roles.sync", by=by) as doing:
        doing.data.update(write_groups())
    return doing.data


def write_groups() -> dict[str, int]:
    """What `sync_roles` writes, without its entry in the log: for databases that have no log yet."""
    names = Permission.objects.values_list("content_type__app_label", "codename", "pk")
    known = {f"{app}.{codename}": pk for app, codename, pk in names}
    wanted = {role.value: bundle.permissions for role, bundle in BUNDLES.items()}
    missing = set().union(*wanted.values()) - known.keys()
    if missing:
        raise Refusal("permission_unknown", _("Unknown permissions: %(names)s") % {"names": sorted(missing)})
    Group.objects.bulk_create([Group(name=name) for name in wanted], ignore_conflicts=True)
    groups = dict(Group.objects.filter(name__in=wanted).values_list("name", "pk"))
    _write_bundles({(groups[name], known[one]) for name, bundle in wanted.items() for one in bundle})
    return {name: len(bundle) for name, bundle in wanted.items()}


def _write_bundles(wanted: set[tuple[int, int]]) -> None:
    """Pairs of group and permission: what is missing is added, what is not wanted any more goes."""
    link = Group.permissions.through
    held = {
        (group, permission): pk
        for pk, group, permission in link.objects.filter(
            group__in={group for group, _permission in wanted}
        ).values_list("pk", "group_id", "permission_id")
    }
    link.objects.filter(pk__in=[pk for pair, pk in held.items() if pair not in wanted]).delete()
    link.objects.bulk_create(
        [link(group_id=group, permission_id=one) for group, one in sorted(wanted - held.keys())],
        ignore_conflicts=True,
    )


def appoint(
    *,
    by: Actor,
    username: str,
    name: str,
    password: str | None = None,
    role: Role,
    union: Union | None = None,
    enterprise: Enterprise | None = None,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> User:
    """A new staff user with a first post: without one, nobody below the top could see the account again.

    Without a password the person sets one through a link (`accounts.passwords.make_password_link`).
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


def change_user(*, by: Actor, user: User, name: str, is_active: bool) -> User:
    """Corrects a staff user's name, opens or closes the account. Closing ends every session.

    Raises Refusal `own_account`: nobody closes the own account by mistake.
    """
    if user.audit_name == by.audit_name and not is_active:
        raise Refusal("own_account", _("Only others can close your account."))
    with act("user.change", by=by) as doing:
        changed = change_fields(user, {"name": name, "is_active": is_active})
        if not is_active:
            # An account that is opened again later opens no session of before.
            next_round(user)
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
    apart), `post_needs_place`, `post_not_yours` (`access.rules.may_hand_out`), `post_ends_before_start`,
    `roles_incompatible`, `post_held`, `union_closed` or `enterprise_closed`.
    """
    if (role in ENTERPRISE_ROLES) != (enterprise is not None) or (union is None) == (enterprise is None):
        raise Refusal("post_needs_place", _("A clerk's post needs an enterprise, every other post a union."))
    post = Post(
        user=user, role=role, union=union, enterprise=enterprise, starts_on=starts_on, ends_on=ends_on
    )
    with act("post.grant", by=by) as doing:
        place_post(by=by, post=post)
        tell(user, NoticeKind.GRANTED, post)
        doing.about = post
        doing.data = {"role": role.value, "user": user.pk, "first_day": starts_on.isoformat()}
        if ends_on is not None:
            doing.data["last_day"] = ends_on.isoformat()
    return post


def place_post(*, by: Actor, post: Post) -> None:
    """Saves a new post once all that is asked of any new post holds; within an act of the caller.

    Raises what `grant_post` raises.
    """
    if post.ends_on is not None and post.ends_on < post.starts_on:
        raise Refusal("post_ends_before_start", _("A post cannot end before it starts."))
    require_authority(by, post)
    require_open(post)
    lock_person(post.user)
    require_compatible(post)
    post.save(force_insert=True)
    note_rights([post.user_id])


def end_post(*, by: Actor, post: Post, last_day: dt.date) -> Post:
    """The post ends with `last_day`, and so does every post that stands in for it.

    Raises Refusal `own_post`, `post_not_yours`, `post_ends_before_start`, `post_over` where it has ended
    already, or `roles_incompatible` where a later last day runs into another post.
    """
    require_authority(by, post)
    if last_day < post.starts_on:
        raise Refusal("post_ends_before_start", _("A post cannot end before it starts."))
    with act("post.end", by=by) as doing:
        lock_person(post.user)
        post.refresh_from_db()
        if post.withdrawn or (post.ends_on is not None and post.ends_on < clock.today()):
            raise Refusal("post_over", _("This post has ended already. Grant a new one instead."))
        before, post.ends_on = post.ends_on, last_day
        if before is not None and last_day > before:
            require_compatible(post)
        post.save(update_fields=["ends_on"])
        shorten_stand_ins(post, last_day)
        note_rights([post.user_id])
        tell(post.user, NoticeKind.ENDED, post)
        doing.about, doing.data = post, {"last_day": last_day.isoformat()}
    return post


def withdraw_post(*, by: Actor, post: Post) -> Post:
    """Takes a post back that has not begun. Raises Refusal `own_post`, `post_not_yours` or `post_begun`."""
    require_authority(by, post)
    with act("post.withdraw", by=by) as doing:
        lock_person(post.user)
        post.refresh_from_db()
        if post.withdrawn or post.starts_on <= clock.today():
            raise Refusal("post_begun", _("This post has begun already. End it instead."))
        if hasattr(post, "taken_over_by") and post.taken_over_by.undone_at is None:
            raise Refusal(
                "post_handed_over", _("This post comes by a hand-over. Undo the hand-over instead.")
            )
        post.withdrawn = True
        post.save(update_fields=["withdrawn"])
        for stand_in in post.stand_ins.standing():
            stand_in.withdrawn = True
            stand_in.save(update_fields=["withdrawn"])
            tell(stand_in.user, NoticeKind.WITHDRAWN, stand_in)
        tell(post.user, NoticeKind.WITHDRAWN, post)
        doing.about = post
    return post


def shorten_stand_ins(post: Post, last_day: dt.date) -> None:
    """Nobody stands in for a post that is over: such posts end with it, or never begin."""
    for stand_in in post.stand_ins.standing().filter(ends_on__gt=last_day):
        if stand_in.starts_on > last_day:
            stand_in.withdrawn = True
        else:
            stand_in.ends_on = last_day
        stand_in.save(update_fields=["withdrawn", "ends_on"])
        tell(stand_in.user, NoticeKind.ENDED, stand_in)
