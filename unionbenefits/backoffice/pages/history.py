"""The history of an object: who changed what, when and from where, in words, a stretch at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionbenefits.audit.models import Entry
from unionbenefits.audit.timeline import Changed, Happening, RowChange, timeline
from unionbenefits.backoffice.pages import log_words
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.campaigns.models import CampaignFund
from unionbenefits.claims.models import Appeal, Claim, Decision, Paper, PaymentBatch, Question
from unionbenefits.plans.models import PlanVersion
from unionbenefits.workers.models import IdentityDocument, Membership

READS_LOG = "audit.view_entry"
# Rows that are told of with the object they belong to: (model, its foreign key).
_PARTS: dict[str, list[tuple[type[Model], str]]] = {
    "workers.worker": [(IdentityDocument, "worker"), (Membership, "worker")],
    "plans.plan": [(PlanVersion, "plan")],
    "campaigns.campaign": [(CampaignFund, "campaign")],
    "claims.claim": [(Paper, "claim"), (Question, "claim"), (Decision, "claim")],
}
_MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class RowView:
    """What changed in one row: a heading and (field, before, after)."""

    what: str
    kind: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class HappeningView:
    """One happening in words. `details` and `href` (the entry in the log) are for readers of the log."""

    at: Any
    who: str
    where: str
    titles: list[str]
    rows: list[RowView]
    details: list[tuple[str, str]] = field(default_factory=list)
    href: str = ""


def history_of(request: HttpRequest, found: Model) -> dict[str, Any]:
    """What the template needs: `happenings` of this stretch and `older`, the address of the next one.

    Acts by staff outside the reader's posts are told without name, place and kind: they could tell where
    else a person serves (invariant 9).
    """
    entries = in_scope(request, Entry)
    stretch = timeline(found, entries, _parts(request, found), request.GET.get("before", ""))
    known = log_words.people(request, (one.actor for one in stretch.happenings))
    return {
        "happenings": [_view(request, found, one, known) for one in stretch.happenings],
        "older": "?" + urlencode({"before": stretch.older}) if stretch.older else "",
        "is_newest": "before" not in request.GET,
    }


def _parts(request: HttpRequest, found: Model) -> list[tuple[type[Model], list[int]]]:
    parts = []
    for model, key in _PARTS.get(found._meta.label_lower, []):
        rows = in_scope(request, model).filter(**{key: found.pk}).order_by("-pk")
        parts.append((model, list(rows.values_list("pk", flat=True)[:_MOST_PARTS])))
    return parts


def _view(request: HttpRequest, found: Model, one: Happening, people: log_words.People) -> HappeningView:
    is_known, reads_log = people.knows(one.actor), request.user.has_perm(READS_LOG)
    titles = [log_words.act_words(code) for code in one.actions] if is_known else []
    entry = one.entries[-1] if one.entries and reads_log else None
    return HappeningView(
        at=one.at,
        who=people.name(one.actor),
        where=log_words.origin_words(one.origin) if is_known and reads_log else "",
        titles=titles or [_("Changed")],
        rows=[row_view(request, found, row) for row in one.rows],
        details=log_words.details(entry.data) if entry else [],
        href=reverse("admin:audit_entry", args=[entry.pk]) if entry else "",
    )


def row_view(request: HttpRequest, found: Model, row: RowChange) -> RowView:
    """A changed row of `found` or of a part of it, in words."""
    kinds = {"insert": _("new"), "delete": _("removed")}
    is_own = row.model is type(found) and row.pk == found.pk
    what = "" if is_own else f"{capfirst(str(row.model._meta.verbose_name))} #{row.pk}"
    changes = [
        (
            capfirst(str(one.field.verbose_name)),
            "" if row.kind == "insert" else log_words.value_words(request, one.field, one.old),
            log_words.value_words(request, one.field, one.new),
        )
        for one in row.fields
        if log_words.is_told(one.field) and not _points_back(one, found)
    ]
    return RowView(what, kinds.get(row.kind, ""), changes)


def _points_back(one: Changed, found: Model) -> bool:
    """A part's link to the object whose history this is says nothing."""
    return one.field.related_model is type(found) and one.new == found.pk


def _page_of(model: type[Model], view: str, back: str) -> Callable[..., HttpResponseBase]:
    """The history page of a model that has no register; `back` names the page of the object."""

    @page(view)
    @require_GET
    def history(request: HttpRequest, pk: int) -> HttpResponse:
        found = one_in_scope(request, model, pk)
        context = history_of(request, found) | {
            "subject": found,
            "object_href": reverse(f"admin:{back}", args=[pk]),
            "kind": model._meta.verbose_name,
        }
        return render_page(request, "admin/object_history.html", title=_("History"), context=context)

    return history


claim = _page_of(Claim, "claims.view_claim", "claim_desk")
payment_batch = _page_of(PaymentBatch, "claims.view_paymentbatch", "payment_batch")
appeal = _page_of(Appeal, "claims.view_appeal", "appeal_page")
PAGES = {
    "claims.claim": "claim_history",
    "claims.paymentbatch": "payment_batch_history",
    "claims.appeal": "appeal_history",
}


def history_address(found: Model) -> str:
    """Where the history of the object is; empty where it has none."""
    meta = found._meta
    name = PAGES.get(meta.label_lower, f"{meta.app_label}_{meta.model_name}_history")
    try:
        return reverse(f"admin:{name}", args=[found.pk])
    except NoReverseMatch:
        return ""
