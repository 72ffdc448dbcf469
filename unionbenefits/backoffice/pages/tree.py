"""The union tree: every union under one's posts in its place, with its enterprises and memberships."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionbenefits.access.moving import RESTRUCTURE
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.enterprises.models import Enterprise, IndustryAffiliation
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Membership

SEE: Final = "unions.view_union"
# More rows than that are not read; one level at a time is.
_SHOWN: Final = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A union in its place, itself and all below it counted; `level` from 0; `hidden` are not listed."""

    union: Union
    level: int
    below: int
    enterprises: int
    joined: int
    members: int
    hidden: int


@page(SEE)
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """All of it where it fits on a page, else one level at a time."""
    asked = request.GET.get("under", "")
    top = one_in_scope(request, Union, int(asked)) if asked.isdecimal() else None
    unions = in_scope(request, Union)
    if top is not None:
        unions = unions.filter(path__startswith=top.path)
    found = list(unions.order_by("path").select_related("merged_into"))
    rows = _rows(request, found)
    context = {
        "rows": rows,
        "top": top,
        "unions": len(found),
        "may_change": request.user.has_perm(RESTRUCTURE),
        "may_found": request.user.has_perm("unions.add_union"),
        "may_see_members": request.user.has_perm("workers.view_membership"),
    }
    return render_page(request, "admin/pages/union_tree.html", title=_("Union tree"), context=context)


def _rows(request: HttpRequest, found: list[Union]) -> list[Row]:
    """Three queries for any number of unions; what is below is added up on the way from the leaves."""
    paths = {union.path: union for union in found}
    own = Counter(dict(_counted(request, Enterprise, "union", closed_on__isnull=True)))
    joined = Counter(dict(_counted(request, IndustryAffiliation, "union")))
    members = Counter(dict(_counted(request, Membership, "enterprise__union", left_on__isnull=True)))
    below, enterprises, ties = Counter[str](), Counter[str](), Counter[str]()
    for union in found:
        for end in range(Union.steplen, len(union.path) + 1, Union.steplen):
            above = union.path[:end]
            below[above] += above != union.path and union.closed_on is None
            enterprises[above] += own[union.pk]
            ties[above] += members[union.pk]
    base = min((union.depth for union in found), default=1)
    deepest = base + 1 if len(found) > _SHOWN else base + 99
    return [
        Row(
            union,
            _level(path, paths),
            below[path],
            enterprises[path],
            joined[union.pk],
            ties[path],
            union.numchild if union.depth == deepest else 0,
        )
        for path, union in paths.items()
        if union.depth <= deepest
    ]


def _level(path: str, paths: dict[str, Union]) -> int:
    """How many of the unions above are listed too: several posts make several tops."""
    return sum(path[:end] in paths for end in range(Union.steplen, len(path), Union.steplen))


def _counted(request: HttpRequest, model: type[Any], field: str, **asked: Any) -> list[tuple[int, int]]:
    rows = in_scope(request, model).filter(**asked).order_by().values(field)
    return list(rows.annotate(number=Count("pk")).values_list(field, "number"))
