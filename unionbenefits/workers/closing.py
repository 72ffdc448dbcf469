"""Closing an enterprise (企业关停) with a last day: its members' 会籍 end with it or go on elsewhere."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from unionbenefits.access.authority import require_compatible, require_over
from unionbenefits.access.in_the_way import Change, Matter, matters_of, require_clear
from unionbenefits.access.merging import end_posts
from unionbenefits.access.models import NoticeKind, Post
from unionbenefits.access.moving import require_unchanged
from unionbenefits.access.notices import tell
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock, sql
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.models import EnterpriseClosing, Membership

CLOSE: Final = "enterprises.close_enterprise"
UNDO_FOR: Final = dt.timedelta(days=7)
_DAY: Final = dt.timedelta(days=1)
_SQL: Final = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing the enterprise with `last_day` would do.

    `members` have an open membership; `already` of them serve at `move_to` as well, `moving` would get a
    membership there. `posts` of its clerks end.
    """

    enterprise: Enterprise
    last_day: dt.date
    move_to: Enterprise | None
    members: int
    already: int
    posts: list[Post]
    matters: list[Matter]

    @property
    def moving(self) -> int:
        """Members who get a new membership from the next day on."""
        return self.members - self.already if self.move_to is not None else 0

    @property
    def next_day(self) -> dt.date:
        """The first day at the other enterprise."""
        return self.last_day + _DAY

    @property
    def digest(self) -> str:
        """What was shown."""
        shown = (
            self.enterprise.pk,
            self.last_day,
            self.move_to.pk if self.move_to else None,
            self.members,
            self.already,
            [post.pk for post in self.posts],
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def preview_closing(
    *, by: Actor, enterprise: Enterprise, last_day: dt.date, move_to: Enterprise | None = None
) -> Closing:
    """What would happen now. Raises what `close_enterprise` raises, but for `in_the_way` and
    `tree_changed`.
    """
    _require_possible(by, enterprise, last_day, move_to)
    members = Membership.objects.filter(enterprise=enterprise, left_on__isnull=True)
    late = members.filter(joined_on__gt=last_day).count()
    if late:
        raise Refusal(
            "joined_later",
            _("Members who joined after that day: %(count)d. Choose a later last day.") % {"count": late},
        )
    posts = Post.objects.standing().exclude(ends_on__lt=clock.today()).filter(enterprise=enterprise)
    return Closing(
        enterprise=enterprise,
        last_day=last_day,
        move_to=move_to,
        members=members.count(),
        already=members.filter(_serves_at(move_to)).count() if move_to is not None else 0,
        posts=list(posts.select_related("user", "enterprise").order_by("pk")),
        matters=matters_of(Change.CLOSE, enterprise),
    )


def close_enterprise(
    *,
    by: Actor,
    enterprise: Enterprise,
    last_day: dt.date,
    reason: str,
    move_to: Enterprise | None = None,
    digest: str = "",
) -> EnterpriseClosing:
    """Open memberships end with `last_day`; with `move_to` each goes on there from the next day. Its clerks'
    posts end. Closed already in this very way = nothing.

    Raises Refusal `reason_missing`, `place_not_yours`, `date_in_future`, `move_to_itself`,
    `enterprise_closed`, `joined_later`, `in_the_way` or `tree_changed`.
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    with transaction.atomic():
        held = _locked(enterprise, move_to)
        standing = EnterpriseClosing.objects.filter(enterprise=enterprise, undone_at__isnull=True).first()
        if standing is not None and _is_the_same(standing, last_day, move_to):
            return standing
        target = held[move_to.pk] if move_to is not None else None
        seen = preview_closing(by=by, enterprise=held[enterprise.pk], last_day=last_day, move_to=target)
        require_clear(seen.matters)
        require_unchanged(digest, seen.digest)
        with act("enterprise.close", by=by) as doing:
            made = _close(by, seen, reason.strip()[:200])
            doing.about = enterprise
            doing.data = {
                "last_day": last_day.isoformat(),
                "reason": made.reason,
                "to": made.moved_to_id,
                "ended": len(made.ended),
                "new": made.moved,
            }
    return made


def reopen_enterprise(*, by: Actor, enterprise: Enterprise) -> EnterpriseClosing:
    """Undoes the closing for seven days: memberships that still end with it go on, and so do posts.

    Members who went to another enterprise stay there: what was done for them there since stands. Open
    already = nothing. Raises Refusal `closing_unknown`, `undo_late` or `place_not_yours`.
    """
    with transaction.atomic():
        held = _locked(enterprise, None)[enterprise.pk]
        made: EnterpriseClosing | None = EnterpriseClosing.objects.filter(enterprise=enterprise).first()
        if made is None:
            raise Refusal("closing_unknown", _("This enterprise was not closed."))
        require_over(by, CLOSE, held.union.path)
        if made.undone_at is not None:
            return made
        if clock.now() > made.undo_until:
            raise Refusal(
                "undo_late",
                _("The seven days for undoing have passed. Register the enterprise's members by a roster."),
            )
        with act("enterprise.reopen", by=by) as doing:
            back = _members_back(made) if made.moved_to_id is None else 0
            posts = _posts_back(made)
            Enterprise.objects.filter(pk=enterprise.pk).update(closed_on=None)
            made.undone_by, made.undone_at = by.audit_name, clock.now()
            made.save(update_fields=["undone_by", "undone_at"])
            doing.about, doing.data = enterprise, {"memberships": back, "posts": posts}
    return made


def closing_of(enterprise: Enterprise) -> EnterpriseClosing | None:
    """The closing that stands."""
    standing = EnterpriseClosing.objects.filter(enterprise=enterprise, undone_at__isnull=True)
    return standing.select_related("moved_to").first()


def _require_possible(
    by: Actor, enterprise: Enterprise, last_day: dt.date, move_to: Enterprise | None
) -> None:
    paths = [one.union.path for one in (enterprise, move_to) if one is not None]
    require_over(by, CLOSE, *paths)
    if last_day > clock.today():
        raise Refusal("date_in_future", _("The day lies in the future. Choose today or a day before."))
    if move_to is not None and move_to.pk == enterprise.pk:
        raise Refusal("move_to_itself", _("Choose another enterprise for the members."))
    for one in (enterprise, move_to):
        if one is not None and one.closed_on is not None:
            raise Refusal("enterprise_closed", _("%(name)s is closed already.") % {"name": one.name})


def _locked(enterprise: Enterprise, move_to: Enterprise | None) -> dict[int, Enterprise]:
    """As they are now; whoever adds members to them waits (`enterprises.closing.hold_open`) or was first."""
    keys = [one.pk for one in (enterprise, move_to) if one is not None]
    rows = Enterprise.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys)
    return {one.pk: one for one in rows.select_related("union").order_by("pk")}


def _is_the_same(made: EnterpriseClosing, last_day: dt.date, move_to: Enterprise | None) -> bool:
    return (made.last_day, made.moved_to_id) == (last_day, move_to.pk if move_to is not None else None)


def _close(by: Actor, seen: Closing, reason: str) -> EnterpriseClosing:
    now = clock.now()
    members = Membership.objects.filter(enterprise=seen.enterprise, left_on__isnull=True)
    ended = sorted(members.values_list("pk", flat=True))
    moved = _move(seen) if seen.move_to is not None else 0
    members.update(left_on=seen.last_day)
    before: list[list[Any]] = [
        [post.pk, post.ends_on.isoformat() if post.ends_on else None] for post in seen.posts
    ]
    end_posts(seen.posts, seen.last_day)
    Enterprise.objects.filter(pk=seen.enterprise.pk).update(closed_on=seen.last_day)
    made: EnterpriseClosing = EnterpriseClosing.objects.create(
        enterprise=seen.enterprise,
        last_day=seen.last_day,
        reason=reason,
        moved_to=seen.move_to,
        ended=ended,
        moved=moved,
        posts=before,
        made_by=by.audit_name,
        made_at=now,
        undo_until=now + UNDO_FOR,
    )
    return made


def _move(seen: Closing) -> int:
    """One statement for all; whoever serves there already keeps that membership. Returns how many are new."""
    assert seen.move_to is not None
    asked = {"enterprise": seen.enterprise.pk, "to": seen.move_to.pk, "first_day": seen.next_day}
    return sql.run(_SQL, "move_members", asked)


def _serves_at(enterprise: Enterprise) -> Exists:
    there = Membership.objects.filter(worker=OuterRef("worker"), enterprise=enterprise, left_on__isnull=True)
    return Exists(there)


def _members_back(made: EnterpriseClosing) -> int:
    """Memberships that end as the closing wrote, of living people on file without a newer one there."""
    again = Membership.objects.filter(
        worker=OuterRef("worker"), enterprise=made.enterprise_id, left_on__isnull=True
    )
    rows = Membership.objects.filter(
        pk__in=made.ended, left_on=made.last_day, worker__erasure__isnull=True, worker__died_on__isnull=True
    )
    # Of the keys found: an update looks at no other table.
    back = list(rows.exclude(Exists(again)).values_list("pk", flat=True))
    return int(Membership.objects.filter(pk__in=back).update(left_on=None))


def _posts_back(made: EnterpriseClosing) -> int:
    """Posts that the closing ended, where the person may hold them beside what they hold now."""
    back = 0
    before = dict(made.posts)
    for post in Post.objects.standing().filter(pk__in=before, stands_in_for__isnull=True).with_places():
        kept = before[post.pk]
        post.ends_on = dt.date.fromisoformat(kept) if kept else None
        try:
            require_compatible(post)
        except Refusal:
            continue
        post.save(update_fields=["ends_on"])
        tell(post.user, NoticeKind.GRANTED, post)
        back += 1
    return back
