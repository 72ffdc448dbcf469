"""Unusual looks at hidden values, for the superiors of those who looked: the gravest first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.access.queries import role_words
from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset, keyset_by
from unionbenefits.backoffice.pages.waiting import Work
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import of_request
from unionbenefits.workers.models import Reveal, Worker
from unionbenefits.workers.reveals import REVIEW, examine, examined, to_examine
from unionbenefits.workers.unusual import Flag

_SIZE = 20


@page(REVIEW)
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Those to be examined, the gravest first; or those examined, the newest first."""
    me, scope = officer(request), of_request(request)
    is_open = request.GET.get("state") != "examined"
    waiting, done = to_examine(me, scope), examined(me, scope)
    shown = (waiting if is_open else done).select_related("worker", "by", "union", "seen_by")
    rows = (
        keyset_by(request, shown, ("-weight", "-pk"), size=_SIZE)
        if is_open
        else keyset(request, shown, descending=True, size=_SIZE)
    )
    seen = set(_in_reach(request, rows.rows))
    for one in rows.rows:
        _describe(one, seen)
    choices = [("open", _("To be examined")), ("examined", _("Examined"))]
    counts = {"open": waiting.count(), "examined": done.count()}
    context = {
        "rows": rows,
        "is_open": is_open,
        "tabs": listing.tabs(
            choices,
            counts,
            chosen="open" if is_open else "examined",
            tones={"open": "warn", "examined": "good"},
        ),
    }
    return render_page(request, "admin/pages/unusual_looks.html", title=_("Unusual looks"), context=context)


@page(REVIEW)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Examined, with what was found."""
    found = get_object_or_404(in_scope(request, Reveal), pk=pk)
    try:
        words = request.POST.get("words", "")
        examine(by=officer(request), reveal=found, scope=of_request(request), words=words)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down. The look and your words stay on record."))
    return redirect("admin:unusual_looks")


def waiting(request: HttpRequest) -> list[Work]:
    """For the home page of a superior."""
    if not request.user.has_perm(REVIEW):
        return []
    return [
        Work(
            to_examine(officer(request), of_request(request)),
            _("Unusual looks at hidden data"),
            _("By officers below; examine them and write down what you found."),
            reverse("admin:unusual_looks"),
        )
    ]


def _in_reach(request: HttpRequest, rows: list[Any]) -> list[int]:
    """The workers among them whom the superior sees; the others stay unnamed (invariant 9)."""
    keys = [one.worker_id for one in rows]
    return list(in_scope(request, Worker).filter(pk__in=keys).values_list("pk", flat=True))


def _describe(one: Any, seen: set[int]) -> None:
    one.person = one.worker.name if one.worker_id in seen else _("a person outside your unions")
    one.role_shown = role_words(one.role)
    one.sentences = [_sentence(one, flag) for flag in one.flags]


def _sentence(one: Any, flag: str) -> str:
    if flag == Flag.MANY:
        said = ngettext("%(count)d look within 24 hours", "%(count)d looks within 24 hours", one.in_day)
        return said % {"count": one.in_day}
    if flag == Flag.OFF_HOURS:
        return _("Outside office hours, at %(time)s") % {"time": f"{clock.local(one.at):%H:%M}"}
    return str(Flag(flag).label) if flag in Flag.values else flag
