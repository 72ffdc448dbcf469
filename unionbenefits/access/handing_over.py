"""Handing a post over (交接): from one person to another on a day, in one step; undone until that day."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.access.actions import place_post, shorten_stand_ins
from unionbenefits.access.authority import lock_person, require_authority, require_compatible, require_open
from unionbenefits.access.models import HandOver, NoticeKind, Post
from unionbenefits.access.notices import tell
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal

_DAY = dt.timedelta(days=1)


def hand_over(
    *, by: Actor, post: Post, to: User, first_day: dt.date, reason: str = "", waiting: Sequence[Any] = ()
) -> HandOver:
    """`to` holds the post from `first_day` on, `post` ends the day before; both are told.

    `waiting` is the open work to be named (`access.open_work`), kept with the hand-over. Posts that stand in
    end with the post. Raises Refusal `hand_over_past`, `hand_over_outside_post`, `hand_over_to_oneself`,
    `hand_over_of_acting`, `hand_over_made` (one is made already), and what `actions.grant_post` raises.
    """
    _require_possible(post, to, first_day)
    require_authority(by, post)
    with act("post.hand_over", by=by) as doing:
        require_open(post)
        for person in sorted((post.user, to), key=lambda user: user.pk):
            lock_person(person)
        # A copy, so that a refusal leaves the caller's post as it was.
        held = Post.objects.with_places().select_related("user").get(pk=post.pk)
        _require_possible(held, to, first_day)
        successor = Post(
            user=to,
            role=post.role,
            union=held.union,
            enterprise=held.enterprise,
            starts_on=first_day,
            ends_on=held.ends_on,
        )
        made = HandOver(
            post=post,
            ended_before=held.ends_on,
            reason=reason.strip()[:200],
            waiting=list(waiting),
            made_by=by.audit_name,
            made_at=clock.now(),
        )
        held.ends_on = first_day - _DAY
        held.save(update_fields=["ends_on"])
        shorten_stand_ins(held, held.ends_on)
        place_post(by=by, post=successor)
        made.successor = successor
        made.save(force_insert=True)
        tell(post.user, NoticeKind.HANDED_ON, post)
        tell(to, NoticeKind.TAKEN_OVER, successor)
        doing.about = post
        post.ends_on = held.ends_on
        doing.data = {"to": to.pk, "successor": successor.pk, "first_day": first_day.isoformat()}
    return made


def undo_hand_over(*, by: Actor, made: HandOver) -> HandOver:
    """Until the day: the post lasts as long as before, the successor's never begins; both are told.

    Posts that stood in stay as short as they became. Raises Refusal `hand_over_undone`, `hand_over_begun`,
    `own_post`, `post_not_yours`, or `roles_incompatible` where the person has taken another post meanwhile
    that does not go together with this one.
    """
    post, successor = made.post, made.successor
    require_authority(by, post)
    require_authority(by, successor)
    with act("post.hand_over.undo", by=by) as doing:
        for person in sorted((post.user, successor.user), key=lambda user: user.pk):
            lock_person(person)
        made.refresh_from_db()
        if made.undone_at is not None:
            raise Refusal("hand_over_undone", _("This hand-over is undone already."))
        if successor.starts_on <= clock.today():
            raise Refusal(
                "hand_over_begun", _("The day has come: the post has passed on. Hand it back instead.")
            )
        successor.withdrawn = True
        successor.save(update_fields=["withdrawn"])
        post.ends_on = made.ended_before
        require_compatible(post)
        post.save(update_fields=["ends_on"])
        made.undone_by, made.undone_at = by.audit_name, clock.now()
        made.save(update_fields=["undone_by", "undone_at"])
        for person in (post.user, successor.user):
            tell(person, NoticeKind.HAND_OVER_UNDONE, post)
        doing.about = post
    return made


def _require_possible(post: Post, to: User, first_day: dt.date) -> None:
    if to.pk == post.user_id:
        raise Refusal("hand_over_to_oneself", _("Choose somebody else: the post is theirs already."))
    if post.stands_in_for_id is not None:
        raise Refusal(
            "hand_over_of_acting", _("An acting post is not handed over. End it and choose another stand-in.")
        )
    if post.hand_overs.filter(undone_at__isnull=True).exists():
        raise Refusal("hand_over_made", _("This post is handed over already. Undo that first."))
    if first_day <= clock.today():
        raise Refusal("hand_over_past", _("Choose a day to come, so that it can still be undone."))
    if post.withdrawn or first_day <= post.starts_on or (post.ends_on and first_day > post.ends_on):
        raise Refusal(
            "hand_over_outside_post", _("The post is not held around that day. Choose a day within it.")
        )
