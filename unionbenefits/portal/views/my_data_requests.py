"""Asking for something to be put right, or for everything to be erased; and taking that back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from unionbenefits.core.errors import Refusal
from unionbenefits.portal.own import signed_in
from unionbenefits.portal.own_forms import CorrectionForm, ErasureForm
from unionbenefits.workers import data_requests
from unionbenefits.workers.enums import RequestField, RequestKind, RequestState
from unionbenefits.workers.erasing import kept_until, obstacles_to, vouchers_of


@signed_in
def correct(request: HttpRequest, worker: Any) -> HttpResponse:
    """What is wrong and what it should be; goes to an officer of the union."""
    form = CorrectionForm(_posted(request))
    if form.is_valid():
        given = form.cleaned_data
        data_requests.ask_correction(
            by=worker,
            worker=worker,
            field=RequestField(given["field"]),
            wanted=given["wanted"],
            words=given["words"],
        )
        return _sent(request)
    context = {"form": form, "answer_days": data_requests.ANSWER_WITHIN_DAYS}
    return render(request, "portal/my_data/correct.html", context)


@signed_in
def erase(request: HttpRequest, worker: Any) -> HttpResponse:
    """What would go, what must stay and until when, what stands in the way; then the request."""
    form = ErasureForm(_posted(request))
    if form.is_valid():
        data_requests.ask_erasure(by=worker, worker=worker, words=form.cleaned_data["words"])
        return _sent(request)
    context = {
        "form": form,
        "open": worker.data_requests.filter(kind=RequestKind.ERASURE, state=RequestState.OPEN).first(),
        "obstacles": obstacles_to(worker.pk),
        "kept_until": kept_until(vouchers_of(worker.pk)),
        "answer_days": data_requests.ANSWER_WITHIN_DAYS,
    }
    return render(request, "portal/my_data/erase.html", context)


@require_POST
@signed_in
def take_back(request: HttpRequest, worker: Any, pk: int) -> HttpResponse:
    """One's own open request, taken back."""
    found = get_object_or_404(worker.data_requests, pk=pk)
    try:
        data_requests.take_back(by=worker, request=found)
        messages.success(request, _("You took the request back."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:my_data")


def _sent(request: HttpRequest) -> HttpResponse:
    messages.success(
        request,
        _("Sent. An officer of your union answers within %(days)s days; you read the answer here.")
        % {"days": data_requests.ANSWER_WITHIN_DAYS},
    )
    return redirect("portal:my_data")


def _posted(request: HttpRequest) -> Any:
    """What was sent; an empty form was sent too."""
    return request.POST if request.method == "POST" else None
