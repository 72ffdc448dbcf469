"""What workers ask about their data: put something right, or erase everything. Decided with an answer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_document
from unionbenefits.workers import data_requests as verbs
from unionbenefits.workers.documents import tidy_number
from unionbenefits.workers.enums import RequestField, RequestKind, RequestState
from unionbenefits.workers.erasing import kept_until, obstacles_to, vouchers_of
from unionbenefits.workers.models import DataRequest, IdentityDocument

VIEW, DECIDE = "workers.view_datarequest", "workers.decide_datarequest"
TONES = {"open": "warn", "granted": "good"}


class DecideForm(forms.Form):
    """What becomes of the request, the value that goes on file, and the words that the worker reads."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        widget=forms.RadioSelect,
        choices=[("grant", gettext_lazy("Do it")), ("refuse", gettext_lazy("Don't"))],
        error_messages={"required": gettext_lazy("Choose what becomes of the request.")},
    )
    document = forms.ChoiceField(label=gettext_lazy("Document whose number is wrong"), required=False)
    value = forms.CharField(
        label=gettext_lazy("As on the document"),
        help_text=gettext_lazy("Type it from the document in front of you."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer to the worker"),
        help_text=gettext_lazy("The worker reads these words: what was done, or why not."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write the answer that the worker gets.")},
    )

    def __init__(self, request: DataRequest, documents: list[IdentityDocument], data: Any = None) -> None:
        shown = {"value": request.wanted} if request.field == RequestField.NAME else {}
        super().__init__(data, initial=shown)
        if request.field not in (RequestField.NAME, RequestField.NUMBER):
            del self.fields["value"]
        if request.field == RequestField.NUMBER:
            names = [
                (str(one.pk), f"{one.get_kind_display()} {mask_document(one.number)}") for one in documents
            ]
            self.fields["document"].choices = names  # type: ignore[attr-defined]
        else:
            del self.fields["document"]


@page(VIEW)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """The requests of one state, the open ones first: the oldest of them at the top."""
    scoped = in_scope(request, DataRequest)
    state = request.GET.get("state", RequestState.OPEN)
    state = state if state in RequestState.values else RequestState.OPEN
    shown = scoped.filter(state=state).select_related("worker", "decided_by")
    context = {
        "rows": keyset(request, shown, descending=state != RequestState.OPEN),
        "tabs": listing.tabs(RequestState.choices, listing.tally(scoped, "state"), chosen=state, tones=TONES),
        "days": verbs.ANSWER_WITHIN_DAYS,
    }
    title = _("Requests about own data")
    return render_page(request, "admin/pages/data_requests.html", title=title, context=context)


@page(VIEW, fresh=True)
@require_http_methods(["GET", "POST"])
def data_request(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, what is on file, what stands in the way; and the decision."""
    scoped = in_scope(request, DataRequest).select_related("worker", "decided_by")
    found: DataRequest = get_object_or_404(scoped, pk=pk)
    documents = list(found.worker.documents.filter(retired_at__isnull=True).order_by("pk"))
    form = DecideForm(found, documents, request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _page(request, found, form)
    if not request.user.has_perm(DECIDE):
        return _page(request, found, form, status=403)
    if not form.is_valid() or _differs(found, form, request):
        return _page(request, found, form, status=422)
    try:
        _decide(request, found, form, documents)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form, status=409)
    messages.success(request, _("Decided. The worker is told."))
    if found.kind == RequestKind.ERASURE:
        return redirect("admin:data_request_list")
    return redirect("admin:data_request", pk)


def _decide(
    request: HttpRequest, found: DataRequest, form: DecideForm, documents: list[IdentityDocument]
) -> None:
    given, by = form.cleaned_data, officer(request)
    if given["outcome"] == "refuse":
        verbs.refuse_request(by=by, request=found, answer=given["answer"])
    elif found.kind == RequestKind.ERASURE:
        verbs.grant_erasure(by=by, request=found, answer=given["answer"])
    else:
        chosen = next((one for one in documents if str(one.pk) == given.get("document")), None)
        verbs.grant_correction(
            by=by, request=found, answer=given["answer"], value=given.get("value", ""), document=chosen
        )


def _differs(found: DataRequest, form: DecideForm, request: HttpRequest) -> bool:
    """A number that differs from what the worker wrote is asked about once: one of the two is mistyped."""
    if found.field != RequestField.NUMBER or form.cleaned_data["outcome"] != "grant":
        return False
    same = tidy_number(form.cleaned_data["value"]).number == tidy_number(found.wanted or "").number
    if same or request.POST.get("seen"):
        return False
    form.seen = True  # type: ignore[attr-defined]
    form.add_error(
        "value",
        _("The worker wrote another number. Compare it with the document; if yours is right, decide again."),
    )
    return True


def _page(request: HttpRequest, found: DataRequest, form: DecideForm, status: int = 200) -> HttpResponse:
    erasure = found.kind == RequestKind.ERASURE and found.state == RequestState.OPEN
    context = {
        "found": found,
        "form": form,
        "wanted": mask_document(found.wanted or "") if found.field == RequestField.NUMBER else found.wanted,
        "documents": [
            (one.get_kind_display(), mask_document(one.number))
            for one in found.worker.documents.filter(retired_at__isnull=True)
        ],
        "is_open": found.state == RequestState.OPEN,
        "may_decide": request.user.has_perm(DECIDE),
        "obstacles": obstacles_to(found.worker_id) if erasure else [],
        "kept_until": kept_until(vouchers_of(found.worker_id)) if erasure else None,
    }
    title = found.get_kind_display()
    return render_page(request, "admin/pages/data_request.html", title=title, context=context, status=status)
