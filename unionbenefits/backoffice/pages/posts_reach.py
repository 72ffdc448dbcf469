"""Who can see a unit, and why: every person whose posts reach it, through which post and role, until when."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionbenefits.access.models import Post
from unionbenefits.access.reach import Reach, Way, who_reaches
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.posts import GRANT, SEE
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union

_FOUND = 30


@page(SEE)
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Units in scope by a part of their name or by their code; the first ones without a question."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    asked = Q(name__icontains=text) | Q(credit_code=text.upper()) if text else Q()
    unions = in_scope(request, Union).filter(asked).order_by("path")[: _FOUND + 1]
    enterprises = in_scope(request, Enterprise).filter(asked).select_related("union").order_by("name")
    context = {
        "asked": text,
        "unions": list(unions)[:_FOUND],
        "enterprises": list(enterprises[: _FOUND + 1])[:_FOUND],
        "most": _FOUND,
    }
    title = _("Who can see a unit")
    return render_page(request, "admin/pages/unit_access_find.html", title=title, context=context)


@page(SEE)
@require_GET
def of_union(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sees a union."""
    return _of(request, one_in_scope(request, Union, pk))


@page(SEE)
@require_GET
def of_enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sees an enterprise."""
    found = one_in_scope(request, Enterprise, pk)
    return _of(request, found)


def _of(request: HttpRequest, unit: Union | Enterprise) -> HttpResponse:
    reaches = who_reaches(unit)
    mine = set(
        in_scope(request, Post)
        .filter(pk__in=[reach.post.pk for reach in reaches if reach.post])
        .values_list("pk", flat=True)
    )
    rows = [_row(reach, mine, unit) for reach in reaches]
    context = {
        "unit": unit,
        "rows": rows,
        "people": len({reach.user.pk for reach in reaches}),
        "may_grant": request.user.has_perm(GRANT),
    }
    title = _("Who can see %(unit)s") % {"unit": unit.name}
    return render_page(request, "admin/pages/unit_access.html", title=title, context=context)


def _row(reach: Reach, mine: set[int], unit: Union | Enterprise) -> dict[str, Any]:
    post = reach.post
    return {
        "user": reach.user,
        "post": post,
        "role": post.get_role_display() if post else "",
        "sentence": BUNDLES[Role(post.role)].sentence if post else "",
        "why": _why(reach, unit),
        "link": reverse("admin:post_page", args=[post.pk]) if post and post.pk in mine else "",
    }


def _why(reach: Reach, unit: Union | Enterprise) -> str:
    """The way from the post to the unit, as a sentence."""
    place = reach.through.name if reach.through is not None else ""
    match reach.way:
        case Way.HERE if isinstance(unit, Enterprise):
            return _("Serves at %(place)s, the union of this enterprise.") % {"place": place}
        case Way.HERE:
            return _("Serves at this union itself.")
        case Way.ABOVE:
            return _("Serves at %(place)s, which stands above.") % {"place": place}
        case Way.INDUSTRY:
            return _("Serves at or above %(place)s, the industry union that the enterprise joined.") % {
                "place": place
            }
        case Way.CLERK:
            return _("Clerk of %(place)s: sees that enterprise, and the union by name.") % {"place": place}
    return _("First person of this installation: sees everything.")
