"""Standing in for somebody who is away (代理): the same role and place, for a time that ends by itself."""

import datetime as dt

from django.utils.translation import gettext as _

from unionbenefits.access.actions import place_post
from unionbenefits.access.models import NoticeKind, Post
from unionbenefits.access.notices import tell
from unionbenefits.access.rules import ACTING_AT_MOST
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core.errors import Refusal


def act_for(*, by: Actor, post: Post, user: User, starts_on: dt.date, ends_on: dt.date, reason: str) -> Post:
    """`user` stands in for the holder of `post`, from a day to a day. What is done under it is logged so.

    Raises Refusal `reason_missing`, `acting_too_long`, `acting_outside_post` (the post stood in for does not
    last as long), `acting_for_oneself`, `acting_for_acting` (only the holder is stood in for), and what
    `access.actions.grant_post` raises: incompatible roles are not joined by standing in either.
    """
    reason = reason.strip()
    if not reason:
        raise Refusal("reason_missing", _("Write down why somebody stands in, such as maternity leave."))
    _require_time(post, starts_on, ends_on)
    if user.pk == post.user_id:
        raise Refusal("acting_for_oneself", _("Choose somebody else: nobody stands in for themselves."))
    if post.stands_in_for_id is not None:
        raise Refusal(
            "acting_for_acting", _("This is an acting post itself. Choose the post of whoever is away.")
        )
    stand_in = Post(
        user=user,
        role=post.role,
        union=post.union,
        enterprise=post.enterprise,
        starts_on=starts_on,
        ends_on=ends_on,
        stands_in_for=post,
        reason=reason[:200],
    )
    with act("post.act_for", by=by) as doing:
        place_post(by=by, post=stand_in)
        tell(user, NoticeKind.ACTING, stand_in)
        tell(post.user, NoticeKind.STOOD_IN, stand_in)
        doing.about = stand_in
        doing.data = {
            "role": post.role,
            "user": user.pk,
            "stands_in_for": post.pk,
            "first_day": starts_on.isoformat(),
            "last_day": ends_on.isoformat(),
        }
    return stand_in


def _require_time(post: Post, starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on < starts_on:
        raise Refusal("post_ends_before_start", _("A post cannot end before it starts."))
    if ends_on - starts_on >= ACTING_AT_MOST:
        raise Refusal(
            "acting_too_long",
            _("Standing in lasts %(days)d days at most. For longer, hand the post over.")
            % {"days": ACTING_AT_MOST.days},
        )
    begins_before = starts_on < post.starts_on
    if post.withdrawn or begins_before or (post.ends_on is not None and ends_on > post.ends_on):
        raise Refusal(
            "acting_outside_post",
            _("The post stood in for is not held on all of these days. Choose days within it."),
        )
