"""The public check of a certificate: whether it holds today, and whose it is, masked."""

import datetime as dt

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache

from unionbenefits.accounts.throttling import Limit, TooMany, hit
from unionbenefits.core import clock
from unionbenefits.core.addresses import client_address
from unionbenefits.core.crypto.signing import signing_ring
from unionbenefits.plans.certificates import grouped
from unionbenefits.plans.revoked import revoked_list
from unionbenefits.portal import verdicts
from unionbenefits.portal.forms import CertificateForm

# A hospital desk checks a few certificates an hour. At this pace one address needs months for a campaign's
# numbers, and gets masked names.
LIMITS = (
    Limit("certificate.address.minutes", 30, dt.timedelta(minutes=10)),
    Limit("certificate.address.day", 200, dt.timedelta(days=1)),
)


@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """The form; a number that looks like one leads to its own address."""
    form = CertificateForm(request.GET or None)
    if form.is_valid():
        return redirect("portal:certificate", number=form.cleaned_data["certificate"])
    return render(request, "portal/verify.html", {"form": form})


@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """What the register says of it today; 404 for a number that was never given, 429 past the limit.

    The address in the QR code also carries what the paper states, signed.
    """
    form = CertificateForm({"certificate": number})
    if not form.is_valid():
        return render(request, "portal/verify.html", {"form": form}, status=404)
    number, today = form.cleaned_data["certificate"], clock.today()
    try:
        hit([(limit, client_address(request)) for limit in LIMITS])
    except TooMany as refusal:
        form.add_error(None, str(refusal))
        return render(request, "portal/verify.html", {"form": form}, status=429)
    checked = verdicts.check(number, request.GET, today)
    unknown = checked.verdict == verdicts.Verdict.UNKNOWN
    context = {
        "form": form,
        "check": checked,
        "found": checked.found,
        "today": today,
        "number": number if unknown else grouped(number),
    }
    return render(request, "portal/certificate.html", context, status=404 if unknown else 200)


@cache_control(public=True, max_age=3600)
def keys(_request: HttpRequest) -> JsonResponse:
    """The public keys that certificates are signed with, for checks without a network."""
    return JsonResponse({"algorithm": "Ed25519", "keys": signing_ring().public_keys()})


@cache_control(public=True, max_age=300)
def revoked(_request: HttpRequest) -> JsonResponse:
    """The signed list of withdrawn certificates. It holds no numbers (docs/certificates.md)."""
    return JsonResponse(revoked_list())
