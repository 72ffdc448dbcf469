"""Reading a campaign's places as a tree: who holds how many, what became of them, what to look at.

Two ways of giving places out (domain.md §2) need no switch. Places that a union keeps are first-come
(先到先得): any unit below it may be put forward on them until none is left. Places given on to a unit are
fixed (固定名额): nobody else can take them before they are moved or given back.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from unionbenefits.campaigns.models import Allotment
from unionbenefits.campaigns.previews import AllotmentUse, Notice, allotment_use
from unionbenefits.core import clock
from unionbenefits.core.scope import Scope
from unionbenefits.unions.models import Union

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """An allotment in its place in the tree (`depth` from 0), with what became of its places."""

    allotment: Allotment
    depth: int
    use: AllotmentUse
    notices: tuple[Notice, ...]

    @property
    def is_first_come(self) -> bool:
        """Whether all units below may draw on what is left."""
        return self.allotment.union_id is not None


def quota_tree(allotments: Iterable[Allotment]) -> list[QuotaLine]:
    """The allotments, each under the one that its places come from, if that is among them. Two queries."""
    found = {one.pk: one for one in sorted(allotments, key=lambda one: one.pk)}
    use = allotment_use(found.values())
    below: dict[int | None, list[Allotment]] = {}
    for one in found.values():
        below.setdefault(one.parent_id if one.parent_id in found else None, []).append(one)
    lines: list[QuotaLine] = []
    waiting = [(one, 0) for one in reversed(below.get(None, []))]
    while waiting:
        one, depth = waiting.pop()
        lines.append(QuotaLine(one, depth, use[one.pk], _notices(one, use[one.pk])))
        waiting += [(child, depth + 1) for child in reversed(below.get(one.pk, []))]
    return lines


def may_set(scope: Scope, allotment: Allotment) -> bool:
    """Whether somebody in `scope` gives the unit its places: the unit above it, else the campaign's owner.

    Nobody gives places to themselves.
    """
    above = allotment.parent.union if allotment.parent else allotment.campaign.owner
    return above is not None and Union.objects.in_scope(scope).filter(pk=above.pk).exists()


def _notices(allotment: Allotment, use: AllotmentUse) -> tuple[Notice, ...]:
    if use.left <= 0:
        return (Notice("used_up", _("All places are taken or given on")),)
    until = allotment.use_until
    if until is None:
        return ()
    if allotment.is_over:
        return (Notice("over", _("The day has passed: unused places go back")),)
    if until - clock.today() <= dt.timedelta(days=SOON_DAYS):
        return (Notice("soon", _("%(left)d places must be used soon") % {"left": use.left}),)
    return ()
