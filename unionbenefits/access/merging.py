"""Merging two unions: one goes into the other. It is closed, stays readable under the other, and accepts
nothing new.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from unionbenefits.access.actions import place_post
from unionbenefits.access.authority import Clash, require_over
from unionbenefits.access.in_the_way import Change, Matter, matters_of, require_clear
from unionbenefits.access.models import NoticeKind, Post
from unionbenefits.access.moving import RESTRUCTURE, clashes_after, require_unchanged
from unionbenefits.access.notices import tell
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.models import Enterprise, IndustryAffiliation
from unionbenefits.unions.models import Union
from unionbenefits.unions.tree import lock_tree


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging `union` into `into` would do.

    `children`, `enterprises` and `joined` (enterprises that joined it as an industry union) go over; `posts`
    at it end; the rest stays with it for history. `clashes` as of a move.
    """

    union: Union
    into: Union
    children: list[Union]
    enterprises: int
    joined: int
    posts: list[Post]
    clashes: list[Clash]
    matters: list[Matter]

    @property
    def digest(self) -> str:
        """What was shown."""
        shown = (
            self.union.path,
            self.into.path,
            [child.pk for child in self.children],
            self.enterprises,
            self.joined,
            [post.pk for post in self.posts],
            sorted((one.one.pk, one.other.pk) for one in self.clashes),
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def preview_merge(*, by: Actor, union: Union, into: Union) -> Merge:
    """What would happen now. Raises what `merge_unions` raises, but for `tree_changed` and `in_the_way`."""
    union, into = Union.objects.get(pk=union.pk), Union.objects.get(pk=into.pk)
    _require_possible(by, union, into)
    posts = Post.objects.standing().exclude(ends_on__lt=clock.today()).filter(union=union)
    return Merge(
        union=union,
        into=into,
        children=list(Union.objects.get_children(union)),
        enterprises=Enterprise.objects.filter(union=union).count(),
        joined=IndustryAffiliation.objects.filter(union=union).count(),
        posts=list(posts.select_related("user", "union", "stands_in_for").order_by("pk")),
        clashes=clashes_after(union.path, into.path + "/"),
        matters=matters_of(Change.MERGE, union),
    )


def merge_unions(
    *, by: Actor, union: Union, into: Union, reason: str, posts_go_on: bool = False, digest: str = ""
) -> list[Post]:
    """`union` goes into `into`: done already = nothing. Returns the posts that could not go on there.

    Enterprises, unions below and places of enterprises in it go over; posts at it end today, with
    `posts_go_on` each goes on at `into` where `by` may grant it and the person may hold it. Allotments,
    batches, funds and the log stay with the closed union. It cannot be undone in one step. Raises Refusal
    `reason_missing`, `place_not_yours`, `merge_into_itself`, `kinds_differ`, `merge_below`, `union_closed`,
    `in_the_way` or `tree_changed`.
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    with transaction.atomic():
        lock_tree()
        if Union.objects.filter(pk=union.pk, merged_into=into.pk).exists():
            return []
        # Whoever gives something new to either of them waits, and then sees that the one is closed.
        list(Union.objects.select_for_update().filter(pk__in=[union.pk, into.pk]).order_by("pk"))
        seen = preview_merge(by=by, union=union, into=into)
        require_clear(seen.matters)
        require_unchanged(digest, seen.digest)
        with act("union.merge", by=by) as doing:
            doing.about = seen.union
            doing.data = _noted(seen, reason)
            _take_over(seen)
            heirs = _heirs(seen) if posts_go_on else []
            end_posts(seen.posts, clock.today())
            refused = [heir for heir in heirs if not _goes_on(by, heir)]
            doing.data["posts_go_on"] = len(heirs) - len(refused)
    return refused


def end_posts(posts: list[Post], last_day: dt.date) -> None:
    """The posts end with `last_day`, those to come are taken back, and everybody is told.

    A post that began later keeps its first day as its last one.
    """
    today = clock.today()
    # Those that stand in come first: they end with the post they stand in for.
    for post in sorted(posts, key=lambda one: one.stands_in_for_id is None):
        if post.starts_on > today:
            post.withdrawn = True
        else:
            last = max(last_day, post.starts_on)
            post.ends_on = last if post.ends_on is None else min(last, post.ends_on)
        post.save(update_fields=["withdrawn", "ends_on"])
        tell(post.user, NoticeKind.WITHDRAWN if post.withdrawn else NoticeKind.ENDED, post)


def _noted(seen: Merge, reason: str) -> dict[str, object]:
    return {
        "to": seen.into.pk,
        "reason": reason.strip()[:200],
        "unions": [child.pk for child in seen.children],
        "enterprises": seen.enterprises,
        "posts": [post.pk for post in seen.posts],
        "clashes": [[one.one.pk, one.other.pk] for one in seen.clashes],
    }


def _take_over(seen: Merge) -> None:
    """What goes over, each kind at once; then the union itself, closed, under the other."""
    union, into = seen.union, seen.into
    Enterprise.objects.filter(union=union).update(union=into)
    already = IndustryAffiliation.objects.filter(union=into).values("enterprise")
    IndustryAffiliation.objects.filter(union=union, enterprise__in=already).delete()
    IndustryAffiliation.objects.filter(union=union).update(union=into)
    for child in (*seen.children, union):
        Union.objects.move(Union.objects.get(pk=child.pk), Union.objects.get(pk=into.pk), "last-child")
    Union.objects.filter(pk=union.pk).update(closed_on=clock.today(), merged_into=into)


def _heirs(seen: Merge) -> list[Post]:
    """The posts as they would go on at the other union; nobody stands in there."""
    return [
        Post(
            user=post.user,
            role=post.role,
            union=seen.into,
            starts_on=max(clock.today(), post.starts_on),
            ends_on=post.ends_on,
        )
        for post in seen.posts
        if post.stands_in_for_id is None
    ]


def _goes_on(by: Actor, heir: Post) -> bool:
    """Whether the post could be granted."""
    try:
        place_post(by=by, post=heir)
    except Refusal:
        return False
    tell(heir.user, NoticeKind.GRANTED, heir)
    return True


def _require_possible(by: Actor, union: Union, into: Union) -> None:
    if union.pk == into.pk:
        raise Refusal("merge_into_itself", _("Choose another union than the one that is to go into it."))
    above, other = Union.objects.get_parent(union), Union.objects.get_parent(into)
    require_over(by, RESTRUCTURE, above.path if above else "", other.path if other else "")
    for one in (union, into):
        if one.closed_on is not None:
            raise Refusal(
                "union_closed",
                _("%(name)s is closed and accepts nothing new. Choose the union that it went into.")
                % {"name": one.name},
            )
    if union.kind != into.kind:
        raise Refusal(
            "kinds_differ", _("Only unions of the same kind go into each other. Move the union instead.")
        )
    if into.path.startswith(union.path):
        raise Refusal(
            "merge_below", _("A union does not go into one below it. Merge them the other way round.")
        )
