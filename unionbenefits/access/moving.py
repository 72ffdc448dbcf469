"""Moving a union, with everything below it, under another. Scope follows at once: it is read from paths."""

import hashlib
from dataclasses import dataclass, replace
from itertools import combinations, groupby
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from unionbenefits.access.authority import Clash, require_over
from unionbenefits.access.in_the_way import Change, Matter, matters_of, require_clear
from unionbenefits.access.models import Post
from unionbenefits.access.rules import Held, clash
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union
from unionbenefits.unions.tree import hold_open, lock_tree, may_stand_under

RESTRUCTURE: Final = "unions.restructure_union"
# No letter of a path: a place in the tree that nobody else has.
_NEW: Final = "/"


@dataclass(frozen=True, slots=True)
class Move:
    """What moving `union` under `parent` would do.

    `unions` and `enterprises` move along (itself included). Holders of the posts `gaining` see them
    afterwards, those of `losing` no longer. `clashes` are pairs of one person's posts that go together now
    and would not then.
    """

    union: Union
    parent: Union
    above: Union | None
    unions: int
    enterprises: int
    gaining: list[Post]
    losing: list[Post]
    clashes: list[Clash]
    matters: list[Matter]

    @property
    def is_done(self) -> bool:
        """Whether it stands there already."""
        return self.above is not None and self.above.pk == self.parent.pk

    @property
    def digest(self) -> str:
        """What was shown: another tree, other posts or other clashes give another one."""
        shown = (
            self.union.path,
            self.parent.path,
            self.unions,
            self.enterprises,
            sorted(post.pk for post in (*self.gaining, *self.losing)),
            sorted((one.one.pk, one.other.pk) for one in self.clashes),
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def preview_move(*, by: Actor, union: Union, parent: Union) -> Move:
    """What would happen now. Raises what `move_union` raises, but for `tree_changed`."""
    union, parent = Union.objects.get(pk=union.pk), Union.objects.get(pk=parent.pk)
    above = Union.objects.get_parent(union)
    _require_possible(by, union, parent, above)
    old, new = _above(union.path), {*_above(parent.path), parent.path}
    return Move(
        union=union,
        parent=parent,
        above=above,
        unions=Union.objects.filter(path__startswith=union.path).count(),
        enterprises=Enterprise.objects.filter(union__path__startswith=union.path).count(),
        gaining=_posts_at(new - old),
        losing=_posts_at(old - new),
        clashes=clashes_after(union.path, parent.path + _NEW),
        matters=matters_of(Change.MOVE, union),
    )


def move_union(*, by: Actor, union: Union, parent: Union, digest: str = "") -> Union:
    """Puts the union with all below it under `parent`; there already = nothing.

    With `digest`, only what the preview showed. Raises Refusal `place_not_yours`, `move_below_itself`,
    `kind_misplaced`, `union_closed`, `in_the_way`, or `tree_changed` where other things would happen than
    were shown.
    """
    with transaction.atomic():
        lock_tree()
        seen = preview_move(by=by, union=union, parent=parent)
        if seen.is_done:
            return seen.union
        hold_open(seen.parent)
        require_clear(seen.matters)
        require_unchanged(digest, seen.digest)
        with act("union.move", by=by) as doing:
            doing.about = seen.union
            doing.data = {
                "from": seen.above.pk if seen.above else None,
                "to": seen.parent.pk,
                "unions": seen.unions,
                "enterprises": seen.enterprises,
                "clashes": [[one.one.pk, one.other.pk] for one in seen.clashes],
            }
            Union.objects.move(seen.union, seen.parent, "last-child")
    moved: Union = Union.objects.get(pk=union.pk)
    return moved


def require_unchanged(shown: str, now: str) -> None:
    """Raises Refusal `tree_changed` where a preview was shown and is no longer true."""
    if shown and shown != now:
        raise Refusal(
            "tree_changed", _("Something has changed since this was shown. Look at it again, then confirm.")
        )


def _require_possible(by: Actor, union: Union, parent: Union, above: Union | None) -> None:
    require_over(by, RESTRUCTURE, above.path if above else "", parent.path)
    if union.closed_on is not None or parent.closed_on is not None:
        closed = union if union.closed_on is not None else parent
        raise Refusal(
            "union_closed",
            _("%(name)s is closed and accepts nothing new. Choose the union that it went into.")
            % {"name": closed.name},
        )
    if parent.path.startswith(union.path):
        raise Refusal(
            "move_below_itself",
            _("A union cannot stand under itself or a union below it. Choose another place."),
        )
    if not may_stand_under(UnionKind(union.kind), UnionKind(parent.kind)):
        raise Refusal(
            "kind_misplaced",
            _("%(kind)s does not stand under %(above)s. Choose a union of a higher level.")
            % {"kind": union.get_kind_display(), "above": parent.get_kind_display()},
        )


def clashes_after(old: str, new: str) -> list[Clash]:
    """Pairs of one person's posts that would begin to clash if the paths under `old` began with `new`."""
    alive = Post.objects.standing().exclude(ends_on__lt=clock.today())
    moving = alive.filter(Q(union__path__startswith=old) | Q(enterprise__union__path__startswith=old))
    posts = alive.filter(user__in=moving.values("user")).with_places().select_related("user")
    found = []
    for _user, held in groupby(posts.order_by("user", "pk"), key=lambda post: post.user_id):
        for one, other in combinations(held, 2):
            conflict = clash(_moved(one, old, new), _moved(other, old, new))
            if conflict is not None and clash(one.as_held(), other.as_held()) is None:
                found.append(Clash(one, other, str(conflict.why)))
    return found


def _moved(post: Post, old: str, new: str) -> Held:
    held = post.as_held()
    if not held.place.path.startswith(old):
        return held
    return replace(held, place=replace(held.place, path=new + held.place.path[len(old) :]))


def _above(path: str) -> set[str]:
    return {path[:end] for end in range(Union.steplen, len(path), Union.steplen)}


def _posts_at(paths: set[str]) -> list[Post]:
    """Posts of today at these very unions."""
    posts = Post.objects.on(clock.today()).filter(union__path__in=paths, user__is_active=True)
    return list(posts.select_related("user", "union").order_by("union__path", "pk"))
