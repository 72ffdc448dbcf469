"""Changing one's own phone, with codes on both phones, and the bank account for claims to come."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from unionbenefits.claims.querysets import account_digest
from unionbenefits.claims.texts import passes_luhn
from unionbenefits.core.addresses import client_address
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_account, mask_phone
from unionbenefits.portal.attempts import Drawer
from unionbenefits.portal.consent_words import WORDS
from unionbenefits.portal.own import signed_in
from unionbenefits.portal.own_account import use_for_claims
from unionbenefits.portal.own_forms import NewPhoneForm, OwnAccountForm, code_forms
from unionbenefits.workers.bank_accounts import remove_account, set_account
from unionbenefits.workers.enums import ConsentKind
from unionbenefits.workers.models import Worker
from unionbenefits.workers.phone_changes import (
    Code,
    ask_new_phone_code,
    ask_old_phone_code,
    change_phone,
)
from unionbenefits.workers.queries import account_of


@dataclass(frozen=True, slots=True)
class Attempt:
    """The new number and the two codes asked for it; sealed in the session."""

    phone: str
    old: str
    new: str


_ATTEMPT = Drawer(Attempt, "new_phone")


@signed_in
def phone(request: HttpRequest, worker: Any) -> HttpResponse:
    """Asks for the new number and sends a code to each phone."""
    form = NewPhoneForm(_posted(request))
    if form.is_valid():
        try:
            _send_codes(request, worker, form.cleaned_data["phone"])
        except Refusal as refusal:
            form.add_error("phone", str(refusal))
        else:
            return redirect("portal:my_phone_codes")
    context = {"form": form, "phone": mask_phone(worker.phone or "")}
    return render(request, "portal/my_data/phone.html", context)


@signed_in
def phone_codes(request: HttpRequest, worker: Any) -> HttpResponse:
    """Asks for both codes, then changes the number; everybody who was signed in is signed out."""
    attempt = _ATTEMPT.kept(request)
    if attempt is None:
        return redirect("portal:my_phone")
    old, new = code_forms(_posted(request))
    if old.is_valid() and new.is_valid():
        try:
            change_phone(
                by=worker,
                worker=worker,
                phone=attempt.phone,
                old=Code(uuid.UUID(attempt.old), old.cleaned_data["code"]),
                new=Code(uuid.UUID(attempt.new), new.cleaned_data["code"]),
            )
        except Refusal as refusal:
            wrong = old if refusal.details.get("purpose") == "old_phone" else new
            wrong.add_error("code", str(refusal))
        else:
            request.session.flush()
            messages.success(request, _("Your number is changed. Sign in with the new one from now on."))
            return redirect("portal:sign_in")
    context = {
        "old": old,
        "new": new,
        "old_phone": mask_phone(worker.phone or ""),
        "new_phone": mask_phone(attempt.phone),
    }
    return render(request, "portal/my_data/phone_codes.html", context)


@signed_in
def account(request: HttpRequest, worker: Any) -> HttpResponse:
    """Asks for the account. An odd number is asked about once and then kept as it is."""
    kept = account_of(worker)
    form = OwnAccountForm(_posted(request), initial={"bank_name": kept.bank_name if kept else ""})
    doubt = ""
    if form.is_valid():
        digits = form.cleaned_data["account"]
        doubt = "" if passes_luhn(digits) else account_digest(digits).hex()[:16]
        if doubt in ("", request.POST.get("seen")) and _keep(request, worker, form):
            return redirect("portal:my_data")
    context = {
        "form": form,
        "doubt": doubt,
        "kept": mask_account(kept.account) if kept else "",
        "words": WORDS[ConsentKind.BANK],
        "name": worker.name,
    }
    return render(request, "portal/my_data/account.html", context)


@require_POST
@signed_in
def account_away(request: HttpRequest, worker: Any) -> HttpResponse:
    """Takes the account away, with the consent."""
    if remove_account(by=worker, worker=worker):
        messages.success(request, _("The account is deleted."))
    return redirect("portal:my_data")


def _keep(request: HttpRequest, worker: Worker, form: OwnAccountForm) -> bool:
    given = form.cleaned_data
    try:
        made = set_account(
            by=worker,
            worker=worker,
            holder=given["holder"],
            account=given["account"],
            bank_name=given["bank_name"],
            consent_text=WORDS[ConsentKind.BANK].version,
        )
    except Refusal as refusal:
        form.add_error("holder" if refusal.code == "holder_differs" else None, str(refusal))
        return False
    messages.success(request, _("The account is written down."))
    if given["claims"]:
        _say_which(request, worker, made)
    return True


def _say_which(request: HttpRequest, worker: Worker, account: Any) -> None:
    """Which open claims take the account now, and which do not."""
    spread = use_for_claims(worker, account)
    numbers = [claim.number for claim in spread.changed if claim.number]
    if numbers:
        messages.success(request, _("Used for: %(claims)s") % {"claims": _(", ").join(numbers)})
    kept = [claim.number for claim in spread.kept if claim.number]
    if kept:
        messages.info(
            request,
            _("Being looked at, with the account as it was: %(claims)s. Your union can change it there.")
            % {"claims": _(", ").join(kept)},
        )


def _send_codes(request: HttpRequest, worker: Worker, phone: str) -> None:
    address = client_address(request)
    new = ask_new_phone_code(by=worker, worker=worker, phone=phone, address=address)
    old = ask_old_phone_code(by=worker, worker=worker, address=address)
    _ATTEMPT.keep(request, Attempt(phone, str(old), str(new)))


def _posted(request: HttpRequest) -> Any:
    """What was sent; an empty form was sent too."""
    return request.POST if request.method == "POST" else None
