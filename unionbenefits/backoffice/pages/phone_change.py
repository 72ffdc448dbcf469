"""A worker at the counter whose phone changed: the document in hand, the new number twice, the code from it.

In three pages. The worker is found by the whole number of the document and by nothing else, and only that
finding opens the next page; the code that came to the new phone shows that the worker holds it.
"""

import datetime as dt
import json
import uuid
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.phone_change_forms import DocumentForm, NewPhoneForm, ProofForm
from unionbenefits.core import clock
from unionbenefits.core.addresses import client_address
from unionbenefits.core.crypto.keyring import CannotOpen, keyring
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_document, mask_phone
from unionbenefits.workers import phone_changes
from unionbenefits.workers.enums import DocumentCheck
from unionbenefits.workers.models import IdentityDocument, Worker
from unionbenefits.workers.phone_changes import Code
from unionbenefits.workers.querysets import number_digest

CHANGE = ("workers.change_phone", "workers.view_worker")
# The person stands at the counter for so long; then the document is asked for again.
FOUND_FOR = dt.timedelta(minutes=30)
_KEY, _LABEL = "phone_change", "backoffice.phone_change"


@dataclass(frozen=True, slots=True)
class Desk:
    """The person at the counter and what was typed so far, kept sealed in the officer's session."""

    worker: int
    found: float
    shown: str
    token: str = ""
    phone: str = ""
    check: str = ""
    reason: str = ""
    shared: bool = False


@never_cache
@page(*CHANGE)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Finds the person by the number of the document. By POST: it has no place in an address."""
    form = DocumentForm(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["document"]
        worker = _holder(request, number)
        if worker is not None:
            _keep(request, Desk(worker, clock.now().timestamp(), mask_document(number)))
            return redirect("admin:phone_change", worker)
        form.add_error(
            "document",
            _("Nobody in your units holds this document. The union that looks after the worker can help."),
        )
    return _page(request, "find", form, step=0)


@never_cache
@page(*CHANGE)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """How the person was checked, why, and the new number twice; then the code is on its way."""
    worker = one_in_scope(request, Worker, pk)
    desk = _desk(request, worker)
    if desk is None:
        return redirect("admin:phone_find")
    form = NewPhoneForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        desk = replace(desk, phone=given["phone"], check=given["check"], reason=form.reason())
        try:
            _send(request, worker, desk)
        except Refusal as refusal:
            form.add_error("phone", str(refusal))
        else:
            return redirect("admin:phone_code", worker.pk)
    return _page(request, "start", form, step=1, worker=worker, desk=desk)


@never_cache
@page(*CHANGE, fresh=True)
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code from the new phone; with it the number is changed. `act=again` sends a new one."""
    worker = one_in_scope(request, Worker, pk)
    desk = _desk(request, worker)
    if desk is None or not desk.token:
        return redirect("admin:phone_find")
    if request.POST.get("act") == "again":
        return _again(request, worker, desk)
    form = ProofForm(request.POST or None)
    if form.is_valid():
        try:
            _change(request, worker, desk, form.cleaned_data)
        except Refusal as refusal:
            is_shared = refusal.code == "phone_used_by_another"
            if is_shared:
                desk = replace(desk, shared=True)
                _keep(request, desk)
            form.add_error("shared" if is_shared else "code", str(refusal))
        else:
            return redirect("admin:phone_find")
    return _page(request, "code", form, step=2, worker=worker, desk=desk)


def _holder(request: HttpRequest, number: str) -> int | None:
    """The one person in scope with this live document. Two under one number are a fault to clear first."""
    held = in_scope(request, IdentityDocument).filter(
        number_digest=number_digest(number), retired_at__isnull=True
    )
    found = list(held.order_by().values_list("worker_id", flat=True).distinct()[:2])
    return found[0] if len(found) == 1 else None


def _send(request: HttpRequest, worker: Worker, desk: Desk) -> None:
    token = phone_changes.ask_new_phone_code(
        by=officer(request), worker=worker, phone=desk.phone, address=client_address(request)
    )
    _keep(request, replace(desk, token=str(token)))


def _again(request: HttpRequest, worker: Worker, desk: Desk) -> HttpResponse:
    try:
        _send(request, worker, desk)
        messages.success(request, _("A new code is on its way. The old one no longer works."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:phone_code", worker.pk)


def _change(request: HttpRequest, worker: Worker, desk: Desk, given: dict[str, Any]) -> None:
    phone_changes.change_phone(
        by=officer(request),
        worker=worker,
        phone=desk.phone,
        new=Code(uuid.UUID(desk.token), given["code"]),
        check=DocumentCheck(desk.check),
        reason=desk.reason,
        shared=given["shared"],
    )
    request.session.pop(_KEY, None)
    messages.success(
        request,
        _("The number is changed. %(name)s signs in with %(phone)s from now on; the old number was told.")
        % {"name": worker.name, "phone": mask_phone(desk.phone)},
    )


def _keep(request: HttpRequest, desk: Desk) -> None:
    request.session[_KEY] = keyring().seal(json.dumps(asdict(desk)), _LABEL).hex()


def _desk(request: HttpRequest, worker: Worker) -> Desk | None:
    """What this officer has on the counter about this person, while the person may still stand there."""
    try:
        desk = Desk(**json.loads(keyring().open(bytes.fromhex(request.session.get(_KEY, "")), _LABEL)))
    except (CannotOpen, ValueError):
        return None
    age = clock.now().timestamp() - desk.found
    return desk if desk.worker == worker.pk and age < FOUND_FOR.total_seconds() else None


def _page(
    request: HttpRequest,
    name: str,
    form: Form,
    *,
    step: int,
    worker: Worker | None = None,
    desk: Desk | None = None,
) -> HttpResponse:
    titles = [_("Document in hand"), _("New number"), _("Code from the new phone")]
    context = {
        "form": form,
        "steps": listing.steps(titles, step),
        "worker": worker,
        "desk": desk,
        "old_phone": mask_phone(worker.phone) if worker is not None and worker.phone else "",
        "new_phone": mask_phone(desk.phone) if desk is not None else "",
    }
    status = 422 if request.method == "POST" else 200
    template = f"admin/pages/phone_{name}.html"
    return render_page(request, template, title=_("New phone of a worker"), context=context, status=status)
