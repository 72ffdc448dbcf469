"""Acts on posts: grant, end, take back, stand in, hand over, undo. The verbs judge who may."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from unionbenefits.access.actions import end_post, withdraw_post
from unionbenefits.access.authority import roles_for
from unionbenefits.access.console import person_named
from unionbenefits.access.handing_over import hand_over, undo_hand_over
from unionbenefits.access.importing import LineVerdict, give_post
from unionbenefits.access.models import HandOver, Post
from unionbenefits.access.officer_list import Line
from unionbenefits.access.open_work import open_work_at
from unionbenefits.access.roles import BUNDLES
from unionbenefits.access.standing_in import act_for
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.posts import CHANGE, GRANT, SEE, facts
from unionbenefits.backoffice.pages.posts_forms import (
    ActForForm,
    EndForm,
    GrantForm,
    HandOverForm,
    people_offered,
    units_offered,
)
from unionbenefits.core import scope as scopes
from unionbenefits.core.errors import NotFound, Refusal


@page(SEE, GRANT, fresh=True)
@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    """A post for somebody on file, or a new person whose link for the first password is shown once."""
    roles = roles_for(officer(request))
    asked = {name: request.GET.get(name, "") for name in ("place", "username")}
    form = GrantForm(roles, request.POST if request.method == "POST" else None, initial=asked)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = give_post(by=officer(request), scope=scopes.of_request(request), line=_line(form))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if made.verdict != LineVerdict.NEW:
                messages.success(request, made.words)
                return redirect("admin:post_list")
    context = {
        "form": form,
        "made": made,
        "roles": [(role, BUNDLES[role].sentence) for role in roles],
        "people": people_offered(request),
        "units": units_offered(request),
    }
    status = 422 if form.errors else 200
    return render_page(
        request, "admin/pages/post_grant.html", title=_("Grant a post"), context=context, status=status
    )


def _line(form: GrantForm) -> Line:
    values = form.cleaned_data
    return Line(
        row=0,
        username=values["username"],
        name=values["name"],
        role=values["role"],
        place=values["place"],
        starts_on=values["starts_on"].isoformat(),
        ends_on=values["ends_on"].isoformat() if values["ends_on"] else "",
    )


@page(SEE, CHANGE, fresh=True)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a post."""
    post = one_in_scope(request, Post, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter the last day of the post."))
        return redirect("admin:post_page", pk)
    last_day = form.cleaned_data["last_day"]
    done = _("The last day is written down. The person is told.")
    return _do(request, pk, done, lambda: end_post(by=officer(request), post=post, last_day=last_day))


@page(SEE, CHANGE, fresh=True)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back a post that has not begun."""
    post = one_in_scope(request, Post, pk)
    done = _("Taken back. The person is told.")
    return _do(request, pk, done, lambda: withdraw_post(by=officer(request), post=post))


@page(SEE, CHANGE, fresh=True)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes the hand-over by which the post goes or comes."""
    post = one_in_scope(request, Post, pk)
    standing = in_scope(request, HandOver).filter(undone_at__isnull=True)
    made = (standing.filter(post=post) | standing.filter(successor=post)).first()
    if made is None:
        messages.error(request, _("This post is not handed over."))
        return redirect("admin:post_page", pk)
    done = _("The hand-over is undone; both are told.")
    return _do(request, pk, done, lambda: undo_hand_over(by=officer(request), made=made))


def _do(request: HttpRequest, pk: int, done: str, verb: Callable[[], object]) -> HttpResponse:
    try:
        verb()
        messages.success(request, done)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:post_page", pk)


@page(SEE, CHANGE, fresh=True)
@require_http_methods(["GET", "POST"])
def act_for_holder(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody stands in for the holder of the post."""

    def verb(post: Post, values: dict[str, Any]) -> object:
        return act_for(by=officer(request), post=post, user=person_named(values.pop("to")), **values)

    return _with_form(
        request,
        pk,
        ActForForm,
        verb,
        template="admin/pages/post_act_for.html",
        title=_("Standing in"),
        done=_("Written down. Both are told; it ends by itself."),
    )


@page(SEE, CHANGE, fresh=True)
@require_http_methods(["GET", "POST"])
def hand_over_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The post passes to somebody else on a day; what waits there is named first."""

    def verb(post: Post, values: dict[str, Any]) -> object:
        waiting = [one.as_noted() for one in open_work_at(post) if one.count]
        to = person_named(values.pop("to"))
        return hand_over(by=officer(request), post=post, to=to, waiting=waiting, **values)

    return _with_form(
        request,
        pk,
        HandOverForm,
        verb,
        template="admin/pages/post_hand_over.html",
        title=_("Hand a post over"),
        done=_("Written down. Both are told; until the day it can be undone."),
        more=lambda post: {"work": open_work_at(post)},
    )


def _with_form(
    request: HttpRequest,
    pk: int,
    form_class: type[forms.Form],
    verb: Callable[[Post, dict[str, Any]], object],
    *,
    template: str,
    title: str,
    done: str,
    more: Callable[[Post], dict[str, Any]] = lambda _post: {},
) -> HttpResponse:
    """A form about a post; a refusal shows above it and nothing typed is lost."""
    post = one_in_scope(request, Post, pk)
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            verb(post, dict(form.cleaned_data))
        except NotFound as refusal:
            form.add_error("to", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("admin:post_page", pk)
    context = {"form": form, "people": people_offered(request), **facts(post), **more(post)}
    status = 422 if form.errors else 200
    return render_page(request, template, title=title, context=context, status=status)
