"""Putting one's bank account right after the bank could not pay (case C120)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from unionbenefits.claims import actions
from unionbenefits.claims.models import Claim
from unionbenefits.claims.querysets import account_digest
from unionbenefits.claims.texts import passes_luhn, tidied
from unionbenefits.core.errors import Refusal
from unionbenefits.portal.claim_answers import PayeeForm
from unionbenefits.portal.following import follow
from unionbenefits.portal.own import own_claim


@own_claim
def account(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Asks for holder and account. An odd number is asked about once and then kept as it is."""
    followed = follow(claim)
    if not followed.may_correct_account:
        return redirect("portal:claim", claim.pk)
    form = PayeeForm(claim, request.POST or None)
    doubt = ""
    if form.is_valid() and form.ask_for_needed() and _is_changed(form):
        doubt = _doubt(form)
        if doubt in ("", request.POST.get("seen")):
            return _correct(request, claim, form)
    context = {"claim": claim, "f": followed, "form": form, "doubt": doubt}
    return render(request, "portal/claims/account.html", context)


def _correct(request: HttpRequest, claim: Claim, form: PayeeForm) -> HttpResponse:
    try:
        actions.correct_payee(by=claim.worker, claim=claim, **form.payee())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. The money goes to this account with the next payment."))
    return redirect("portal:claim", claim.pk)


def _is_changed(form: PayeeForm) -> bool:
    """Whether anything differs from what the bank sent back."""
    payee, claim = form.payee(), form.claim
    number = tidied({"account": payee["account"]})["account"]
    if (payee["payee_name"], number) != (claim.payee_name, claim.account):
        return True
    form.add_error(None, _("This is what the bank sent back. Put the number or the holder's name right."))
    return False


def _doubt(form: PayeeForm) -> str:
    """A mark of the number where its check digit does not fit; nothing where it does."""
    number = tidied({"account": form.payee()["account"]})["account"]
    return "" if passes_luhn(number) else account_digest(number).hex()[:16]
