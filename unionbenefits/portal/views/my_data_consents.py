"""What one agreed to: the text, since when, what withdrawing brings about; and both with one button."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from unionbenefits.core.errors import Refusal
from unionbenefits.portal.consent_words import WORDS, ConsentWords
from unionbenefits.portal.own import signed_in
from unionbenefits.portal.own_data import agreements_of
from unionbenefits.workers.bank_accounts import remove_account
from unionbenefits.workers.consents import give_consent, withdraw_consent
from unionbenefits.workers.enums import ConsentKind


@signed_in
def consent(request: HttpRequest, worker: Any, kind: str) -> HttpResponse:
    """One kind of consent; 404 for another word."""
    if kind not in ConsentKind.values:
        raise Http404
    words = WORDS[ConsentKind(kind)]
    if request.method == "POST":
        return _changed(request, worker, words)
    found = next(one for one in agreements_of(worker) if one.words is words)
    return render(request, "portal/my_data/consent.html", {"agreement": found, "words": words})


def _changed(request: HttpRequest, worker: Any, words: ConsentWords) -> HttpResponse:
    said = {"by": worker, "worker": worker, "kind": words.kind, "text_version": words.version}
    try:
        if request.POST.get("do") == "withdraw":
            if words.kind == ConsentKind.BANK:
                remove_account(by=worker, worker=worker)
            withdraw_consent(**said)
            messages.success(request, _("You withdrew it. It holds from now on."))
        elif words.kind == ConsentKind.BANK:
            # Given together with the account that it is about.
            return redirect("portal:my_account")
        else:
            give_consent(**said)
            messages.success(request, _("You agreed. Thank you."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:my_data")
