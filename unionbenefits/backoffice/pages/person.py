"""One person on one page: who it is, what is on file, and everything that happened, newest first."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.listing import Text
from unionbenefits.backoffice.pages.paging import Page
from unionbenefits.backoffice.pages.person_events import Event, Kind, events, kinds_for
from unionbenefits.core.masking import mask_document, mask_phone
from unionbenefits.core.paging import page_asked
from unionbenefits.workers.models import IdentityDocument, Worker

PER_PAGE = 30
# Nobody turns more pages than these: a register has the rest.
LAST_PAGE = 20

# What one does next for a person: (label, address, permission).
_ACTS: Sequence[tuple[str | Promise, str, str]] = (
    (_("File a claim"), "claim_filing_start", "claims.file_claim"),
    (_("Standing and register"), "workers_worker_change", "workers.view_worker"),
)


@page("workers.view_worker")
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The person and the timeline; `?show=` narrows it to a kind, `?p=` turns its pages."""
    worker, documents = _found(request, pk)
    offered = kinds_for(request)
    show = request.GET.get("show", "")
    asked = [kind for kind in offered if kind == show] or offered
    context = {
        "worker": worker,
        "phone": mask_phone(worker.phone) if worker.phone else "",
        "documents": documents,
        "rows": _turned(request, worker, asked),
        "tabs": _tabs(offered, show if len(asked) == 1 else ""),
        "acts": _acts(request, pk),
    }
    return render_page(request, "admin/pages/person.html", title=worker.name, context=context)


def _found(request: HttpRequest, pk: int) -> tuple[Worker, list[IdentityDocument]]:
    """The worker with the documents, the valid ones first; one query for whoever has any."""
    held = in_scope(request, IdentityDocument).filter(worker=pk).select_related("worker")
    documents = list(held.order_by(F("retired_at").asc(nulls_first=True), "pk"))
    for one in documents:
        one.masked = mask_document(one.number)  # type: ignore[attr-defined]
    return documents[0].worker if documents else one_in_scope(request, Worker, pk), documents


def _turned(request: HttpRequest, worker: Worker, kinds: Sequence[Kind]) -> Page:
    """A page of the timeline; one event more than it holds is looked for."""
    at = min(page_asked(request), LAST_PAGE)
    found: list[Event] = events(request, worker, kinds, at * PER_PAGE + 1)
    query = request.GET.copy()

    def address(number: int) -> str:
        query["p"] = str(number)
        return "?" + query.urlencode()

    more = len(found) > at * PER_PAGE and at < LAST_PAGE
    return Page(
        rows=found[(at - 1) * PER_PAGE : at * PER_PAGE],
        back=address(at - 1) if at > 1 else "",
        forth=address(at + 1) if more else "",
    )


def _tabs(offered: Sequence[Kind], chosen: str) -> list[tuple[Text, str, bool]]:
    drawn: list[tuple[Text, str, bool]] = [(_("Everything"), "?", not chosen)]
    drawn += [(kind.label, "?" + urlencode({"show": kind.value}), kind == chosen) for kind in offered]
    return drawn


def _acts(request: HttpRequest, pk: int) -> list[tuple[Text, str]]:
    acts: list[tuple[Text, str]] = []
    for label, name, permission in _ACTS:
        if request.user.has_perm(permission):
            acts.append((label, reverse(f"admin:{name}", args=[pk])))
    return acts
