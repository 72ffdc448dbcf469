"""The public check of a certificate: whether it holds today, and whose it is, masked."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from unionbenefits.accounts.throttling import Limit, TooMany, hit
from unionbenefits.core import clock
from unionbenefits.core.addresses import client_address
from unionbenefits.plans.certificates import grouped
from unionbenefits.plans.queries import certificate
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
    """What the certificate says today; 404 for a number that was never given, 429 past the limit."""
    form = CertificateForm({"certificate": number})
    if not form.is_valid():
        return render(request, "portal/verify.html", {"form": form}, status=404)
    number, today = form.cleaned_data["certificate"], clock.today()
    try:
        hit([(limit, client_address(request)) for limit in LIMITS])
    except TooMany as refusal:
        form.add_error(None, str(refusal))
        return render(request, "portal/verify.html", {"form": form}, status=429)
    found = certificate(number, today)
    context = {
        "form": form,
        "found": found,
        "today": today,
        "number": grouped(number) if found else number,
    }
    return render(request, "portal/certificate.html", context, status=200 if found else 404)
