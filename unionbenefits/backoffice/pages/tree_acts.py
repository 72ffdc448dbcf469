"""Moving a union and merging two: choose, look at what will happen, confirm. The verbs judge who may."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from unionbenefits.access.merging import merge_unions, preview_merge
from unionbenefits.access.moving import RESTRUCTURE, move_union, preview_move
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.tree import SEE
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.actions import pass_funds
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union
from unionbenefits.unions.tree import may_stand_under
from unionbenefits.workers.models import Membership

OPEN_FUNDS: Final = "funds.add_fund"
# Unions that the list offers.
_OFFERED: Final = 2_000
_NAMED: Final = 12


@page(SEE, RESTRUCTURE, fresh=True)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Under which union; who will see it and who no longer; confirmed, it is done."""
    union = one_in_scope(request, Union, pk)
    parent = _chosen(request)
    if request.method == "POST" and parent is not None:
        digest = request.POST.get("digest", "")
        try:
            move_union(by=officer(request), union=union, parent=parent, digest=digest)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return _again("union_move", pk, parent)
        done = _("%(union)s stands under %(parent)s now, with everything below it. Scope has followed.")
        messages.success(request, done % {"union": union.name, "parent": parent.name})
        return redirect("admin:union_tree")
    above = in_scope(request, Union).filter(path=union.path[: -Union.steplen]).first()
    kinds = [kind for kind in UnionKind if may_stand_under(UnionKind(union.kind), kind)]
    offered = _offered(request, union).filter(kind__in=kinds).exclude(path__startswith=union.path)
    context: dict[str, Any] = {
        "union": union,
        "above": above,
        "chosen": parent,
        "offered": list(offered.exclude(pk=above.pk if above else 0)[:_OFFERED]),
        "named": _NAMED,
    }
    if parent is not None:
        try:
            context["seen"] = preview_move(by=officer(request), union=union, parent=parent)
            context["members"] = _members(request, union)
        except Refusal as refusal:
            context["refusal"] = str(refusal)
    return render_page(request, "admin/pages/union_move.html", title=_("Move a union"), context=context)


@page(SEE, RESTRUCTURE, fresh=True)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Into which union; what goes over, what stays, what stands in the way; confirmed, it is done."""
    union = one_in_scope(request, Union, pk)
    into = _chosen(request)
    if request.method == "POST" and into is not None:
        return _merged(request, union, into)
    offered = _offered(request, union).filter(kind=union.kind).exclude(path__startswith=union.path)
    context: dict[str, Any] = {
        "union": union,
        "chosen": into,
        "offered": list(offered[:_OFFERED]),
        "named": _NAMED,
        "may_pass": request.user.has_perm(OPEN_FUNDS),
    }
    if into is not None:
        try:
            seen = preview_merge(by=officer(request), union=union, into=into)
            context["seen"] = seen
            context["blocked"] = any(matter.blocks for matter in seen.matters)
            context["money"] = any(matter.page == "admin:fund_list" for matter in seen.matters)
            context["members"] = _members(request, union)
        except Refusal as refusal:
            context["refusal"] = str(refusal)
    return render_page(request, "admin/pages/union_merge.html", title=_("Merge two unions"), context=context)


def _merged(request: HttpRequest, union: Union, into: Union) -> HttpResponse:
    try:
        refused = merge_unions(
            by=officer(request),
            union=union,
            into=into,
            reason=request.POST.get("reason", ""),
            posts_go_on=request.POST.get("posts") == "go_on",
            digest=request.POST.get("digest", ""),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _again("union_merge", union.pk, into)
    done = _("%(union)s has gone into %(into)s. It is closed and stays readable under it.")
    messages.success(request, done % {"union": union.name, "into": into.name})
    if refused:
        names = "、".join(f"{post.user}（{post.get_role_display()}）" for post in refused)
        messages.warning(request, _("These posts could not go on there: %(names)s.") % {"names": names})
    return redirect("admin:union_tree")


@page(SEE, RESTRUCTURE, OPEN_FUNDS, fresh=True)
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The funds with money pass to the union that the other is to go into."""
    union = one_in_scope(request, Union, pk)
    into = _chosen(request)
    if into is None:
        messages.error(request, _("Choose the union first."))
        return redirect("admin:union_merge", pk)
    try:
        passed = pass_funds(by=officer(request), owner=union, to=into)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("Funds that belong to %(into)s now, with all their entries: %(count)d.")
        messages.success(request, done % {"count": len(passed), "into": into.name})
    return _again("union_merge", pk, into)


def _chosen(request: HttpRequest) -> Union | None:
    """The other union, in scope; 404 beyond it."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent.get("to", "")
    if not asked.isdecimal() or len(asked) > 18:
        if request.method == "POST":
            messages.error(request, _("Choose the union first."))
        return None
    return one_in_scope(request, Union, int(asked))


def _offered(request: HttpRequest, union: Union) -> Any:
    return in_scope(request, Union).filter(closed_on__isnull=True).exclude(pk=union.pk).order_by("path")


def _members(request: HttpRequest, union: Union) -> int:
    """Open memberships that come along."""
    open_ = in_scope(request, Membership).filter(left_on__isnull=True)
    count: int = open_.filter(enterprise__union__path__startswith=union.path).count()
    return count


def _again(name: str, pk: int, other: Union) -> HttpResponse:
    return redirect(f"{reverse(f'admin:{name}', args=[pk])}?to={other.pk}")
