"""The audit log: found by who, act, object and day; one entry with all it changed; a part of it as a file."""

from django.apps import apps
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.access.exports import MAY_EXPORT, request_export
from unionbenefits.audit.models import Entry
from unionbenefits.audit.searching import ORDER, part_of
from unionbenefits.audit.timeline import rows_of
from unionbenefits.backoffice.pages import log_words
from unionbenefits.backoffice.pages.audit_form import LogForm
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.history import history_address, row_view
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset_by
from unionbenefits.core.errors import Refusal

VIEW = "audit.view_entry"
# The file that `backoffice.builders` makes.
LOG = "audit_log"
# Pages of work that show an object better than its register does.
_PAGES = {
    "claims.claim": "claim_desk",
    "claims.paymentbatch": "payment_batch",
    "claims.appeal": "appeal_page",
    "workers.roster": "roster_review",
    "campaigns.giftbatch": "batch_review",
}


@page(VIEW)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The newest entries of staff under one's posts, or those asked for. Nothing is counted."""
    form = LogForm(request, request.GET)
    wanted = form.wanted()
    found = in_scope(request, Entry)
    found = found.none() if wanted is None else part_of(found, wanted)
    rows = keyset_by(request, found.select_related("seal"), ORDER)
    known = log_words.people(request, (entry.actor for entry in rows.rows))
    for entry in rows.rows:
        entry.who = known.name(entry.actor)
        entry.what = log_words.act_words(entry.action)
        entry.where = log_words.origin_words(entry.origin)
        entry.about = about_words(entry)
    context = {
        "form": form,
        "rows": rows,
        "is_filtered": any(form.data.get(name) for name in form.fields),
        "asked": form.as_query(),
        "may_export": request.user.has_perm(MAY_EXPORT),
    }
    return render_page(request, "admin/pages/audit_log.html", title=_("Audit log"), context=context)


@page(VIEW)
@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what it remembers, its place in the chain, and every row that the same act changed."""
    found = get_object_or_404(in_scope(request, Entry).select_related("seal"), pk=pk)
    about = _object(request, found)
    seal = getattr(found, "seal", None)
    rows = rows_of(found, type(about)) if about is not None else []
    context = {
        "entry": found,
        "who": log_words.people(request, [found.actor]).name(found.actor),
        "what": log_words.act_words(found.action),
        "where": log_words.origin_words(found.origin),
        "about": about_words(found),
        "name": "" if about is None else str(about),
        "links": [] if about is None else _links(about),
        "details": log_words.details(found.data),
        "seal": seal,
        "hash": bytes(seal.hash).hex() if seal else "",
        "rows": [row_view(request, about, row) for row in rows if about is not None],
    }
    title = _("Entry %(number)d") % {"number": pk}
    return render_page(request, "admin/pages/audit_entry.html", title=title, context=context)


@page(VIEW, MAY_EXPORT, fresh=True)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Has a file made of what the filters show."""
    form = LogForm(request, request.POST)
    if form.wanted() is None:
        messages.error(request, _("Correct the filters first."))
        return redirect("admin:audit_log")
    params = form.params() | {"why": request.POST.get("why", "").strip()[:200]}
    try:
        request_export(by=officer(request), kind=LOG, title=_("Audit log"), params=params)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:audit_log")
    messages.success(request, _("The file is being made. You may leave this page and come back."))
    return redirect("admin:export_list")


def _model(label: str) -> type[Model] | None:
    """The model that an entry names; None for none and for one that a later version has dropped."""
    try:
        return apps.get_model(label) if label else None
    except LookupError:
        return None


def _object(request: HttpRequest, found: Entry) -> Model | None:
    """What the act was about, where the reader's role and posts show it."""
    model = _model(found.object_type)
    if model is None or not hasattr(model._default_manager.get_queryset(), "in_scope"):
        return None
    meta = model._meta
    if not request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        return None
    return in_scope(request, model).filter(pk=found.object_id).first()


def _links(about: Model) -> list[tuple[str, str]]:
    """Its page and its history."""
    meta = about._meta
    name = _PAGES.get(meta.label_lower, f"{meta.app_label}_{meta.model_name}_change")
    try:
        links = [(_("Open it"), reverse(f"admin:{name}", args=[about.pk]))]
    except NoReverseMatch:
        links = []
    past = history_address(about)
    return [*links, (_("Its history"), past)] if past else links


def about_words(found: Entry) -> str:
    """The kind of object and its number, which tell no names."""
    model = _model(found.object_type)
    kind = capfirst(str(model._meta.verbose_name)) if model else found.object_type
    return f"{kind} #{found.object_id}" if found.object_id else kind
