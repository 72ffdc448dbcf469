"""One hidden value in full: asked for with a reason, shown for a minute, kept nowhere. Needs no scripts."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from unionbenefits.backoffice.pages.at_hand import has_work
from unionbenefits.backoffice.pages.base import one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims.models import Claim
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_account, mask_document, mask_phone
from unionbenefits.workers.models import IdentityDocument, Worker
from unionbenefits.workers.reveal_models import RevealField, RevealReason
from unionbenefits.workers.reveals import LONGEST, PERMISSIONS, reveal

SHOWN_SECONDS: Final = 60
_WORKER: Final = PERMISSIONS[RevealField.DOCUMENT]
_ACCOUNT: Final = PERMISSIONS[RevealField.ACCOUNT]


class WhyForm(forms.Form):
    """What the value is needed for."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=RevealReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you need it for.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        max_length=LONGEST,
        help_text=gettext_lazy("Which matter, who asked. Kept sealed; your superior may read it."),
        error_messages={"required": gettext_lazy("Say in a few words what you need it for.")},
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The value that is asked for: whose, which, masked as every screen shows it, and from which row."""

    field: RevealField
    worker: Worker
    value: str | None
    masked: str
    what: str | Promise
    source: str
    back: str


@page(_WORKER, fresh=True)
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The number of one document of a person in scope."""
    found = one_in_scope(request, IdentityDocument, pk)
    asked = Asked(
        RevealField.DOCUMENT,
        found.worker,
        found.number,
        mask_document(found.number or ""),
        found.get_kind_display(),
        f"workers.identitydocument:{found.pk}",
        _person(found.worker_id),
    )
    return _answer(request, asked)


@page(_WORKER, fresh=True)
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The phone of one person in scope."""
    worker = one_in_scope(request, Worker, pk)
    masked = mask_phone(worker.phone) if worker.phone else ""
    asked = Asked(
        RevealField.PHONE,
        worker,
        worker.phone,
        masked,
        RevealField.PHONE.label,
        f"workers.worker:{worker.pk}",
        _person(worker.pk),
    )
    return _answer(request, asked)


@page(_ACCOUNT, "claims.view_claim", fresh=True)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """The account that a claim in scope is to be paid to."""
    claim = one_in_scope(request, Claim, pk)
    asked = Asked(
        RevealField.ACCOUNT,
        claim.worker,
        claim.account,
        mask_account(claim.account) if claim.account else "",
        RevealField.ACCOUNT.label,
        f"claims.claim:{claim.pk}",
        reverse("admin:claim_desk", args=[claim.pk]),
    )
    return _answer(request, asked)


def _person(pk: int) -> str:
    return reverse("admin:workers_worker_change", args=[pk])


def _answer(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The form; or, once the reason is given, the value. Nothing of it is in an address or in a cache."""
    form = WhyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _shown(request, asked, _logged(request, asked, form.cleaned_data))
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
    context = _context(request, asked) | {"form": form}
    title = _("Show in full")
    return _unkept(
        render_page(request, "admin/pages/reveal.html", title=title, context=context, status=status)
    )


def _logged(request: HttpRequest, asked: Asked, given: dict[str, Any]) -> str:
    return reveal(
        by=officer(request),
        worker=asked.worker,
        field=asked.field,
        value=asked.value,
        reason=RevealReason(given["reason"]),
        words=given["words"],
        has_work=has_work(request, asked.worker),
        source=asked.source,
    )


def _shown(request: HttpRequest, asked: Asked, value: str) -> HttpResponse:
    context = _context(request, asked) | {"value": value, "seconds": SHOWN_SECONDS}
    answer = render_page(request, "admin/pages/reveal_shown.html", title=_("Shown in full"), context=context)
    # Leaves by itself, without scripts too.
    answer.headers["Refresh"] = f"{SHOWN_SECONDS}; url={context['back']}"
    return _unkept(answer)


def _context(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    return {"asked": asked, "back": _back(request) or asked.back}


def _back(request: HttpRequest) -> str:
    """Where the person came from: a page of the panel, whatever else the address says."""
    address = request.POST.get("back") or request.GET.get("back", "")
    inside = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/admin/")
    return address if inside else ""


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
