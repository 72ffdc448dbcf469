"""Retention: how long things are kept and who says so, what would go now, the last runs, a run by hand."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core.retention import rules
from unionbenefits.workers.models import RetentionRun
from unionbenefits.workers.retention import purge_expired, waiting

VIEW, RUN = "workers.view_retentionrun", "workers.run_retention"
_RUNS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as the page shows it, with what would go now."""

    what: str | Promise
    period: str
    source: str | Promise
    due: int


@dataclass(frozen=True, slots=True)
class Went:
    """A run, with what went in words."""

    run: RetentionRun
    total: int
    what: list[tuple[str | Promise, int]]


@page(VIEW, fresh=True)
@require_http_methods(["GET", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """The rules with what is due, and the last runs. Whoever may runs them now, once it was confirmed."""
    may_run = request.user.has_perm(RUN)
    if request.method == "POST":
        if not may_run:
            raise PermissionDenied
        if request.POST.get("confirmed"):
            return _run(request)
        messages.error(request, _("Tick that you have looked at what goes. It cannot be brought back."))
        return redirect("admin:retention")
    counts = waiting()
    lines = [Line(rule.what, rule.period(), rule.source, counts[rule.code]) for rule in rules()]
    context = {
        "lines": lines,
        "due": sum(counts.values()),
        "runs": _runs(request),
        "may_run": may_run,
    }
    return render_page(request, "admin/pages/retention.html", title=_("Retention"), context=context)


def _run(request: HttpRequest) -> HttpResponse:
    gone = sum(purge_expired(by=officer(request)).counts.values())
    said = ngettext("%(count)s thing was removed.", "%(count)s things were removed.", gone)
    messages.success(request, said % {"count": gone})
    return redirect("admin:retention")


def _runs(request: HttpRequest) -> list[Went]:
    names = {rule.code: rule.what for rule in rules()}
    return [
        Went(
            run,
            sum(run.counts.values()),
            [(names.get(code, code), count) for code, count in run.counts.items() if count],
        )
        for run in in_scope(request, RetentionRun)[:_RUNS]
    ]
