"""Officers from a workbook: choose, see every line judged, take over all or nothing, keep the links."""

from dataclasses import asdict
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unionbenefits.access import importing
from unionbenefits.access.importing import Judged, LineVerdict, Outcome, import_officers
from unionbenefits.access.officer_list import Line, read_officers
from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.posts import GRANT, SEE
from unionbenefits.backoffice.pages.posts_forms import WorkbookForm
from unionbenefits.core import scope as scopes
from unionbenefits.core.answers import as_file
from unionbenefits.core.errors import Refusal
from unionbenefits.core.sheets import XLSX
from unionbenefits.core.uploads import in_memory

# The lines travel with the page, signed: nothing lies on the server between looking and taking over.
_SALT: Final = "backoffice.posts_import"
_HOURS: Final = 2 * 3600
_MOST_BYTES: Final = 5 * 1024 * 1024
# Judging a line costs about 10 ms; longer lists go through the command line.
_MOST_LINES: Final = 500


@in_memory(each=_MOST_BYTES, in_all=_MOST_BYTES)
@page(SEE, GRANT, fresh="first")
@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest) -> HttpResponse:
    """The form; a file is judged; lines judged before are taken over."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _show(request, form)
    try:
        if "lines" in request.POST:
            lines = [Line(**line) for line in _unpacked(request, "lines")]
            return _show(request, WorkbookForm(), _outcome(request, lines, dry_run=False))
        if not form.is_valid():
            return _show(request, form, status=422)
        lines = read_officers(form.cleaned_data["file"].read(), most=_MOST_LINES)
        return _show(request, WorkbookForm(), _outcome(request, lines, dry_run=True), lines)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _show(request, WorkbookForm(), status=422)


def _outcome(request: HttpRequest, lines: list[Line], *, dry_run: bool) -> Outcome:
    scope = scopes.of_request(request)
    return import_officers(by=officer(request), scope=scope, lines=lines, dry_run=dry_run)


def _show(
    request: HttpRequest,
    form: WorkbookForm,
    outcome: Outcome | None = None,
    lines: list[Line] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "outcome": outcome}
    if outcome is not None:
        refused = outcome.counts["refused"]
        context |= {
            "refused": refused,
            "packed": _packed([asdict(line) for line in lines]) if lines and not refused else "",
            "judged": _packed([_plain(one) for one in outcome.lines]),
        }
    title = _("Officers from a workbook")
    return render_page(
        request, "admin/pages/officer_import.html", title=title, context=context, status=status
    )


@page(SEE, GRANT)
@require_GET
def template(_request: HttpRequest) -> HttpResponse:
    """An empty workbook with the headings and the roles by name."""
    return as_file(importing.template(), _("Officers") + ".xlsx", XLSX)


@page(SEE, GRANT)
@require_POST
def result(request: HttpRequest) -> HttpResponse:
    """The lines with what became of each, as a workbook; the links in it are as good as keys."""
    try:
        packed = _unpacked(request, "judged")
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:officer_import")
    judged = [Judged(Line(**one.pop("line")), LineVerdict(one.pop("verdict")), **one) for one in packed]
    return as_file(importing.report(judged), _("Officers, judged") + ".xlsx", XLSX)


def _plain(one: Judged) -> dict[str, Any]:
    return asdict(one) | {"verdict": one.verdict.value}


def _packed(lines: list[dict[str, Any]]) -> str:
    return signing.dumps(lines, salt=_SALT, compress=True)


def _unpacked(request: HttpRequest, name: str) -> list[dict[str, Any]]:
    """Raises Refusal `page_over` where the page is too old or was changed."""
    try:
        lines: list[dict[str, Any]] = signing.loads(request.POST.get(name, ""), salt=_SALT, max_age=_HOURS)
    except signing.BadSignature:
        raise Refusal("page_over", _("This page is too old. Choose the workbook again."))
    return lines
