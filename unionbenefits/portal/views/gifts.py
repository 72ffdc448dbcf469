"""Gifts and activities: what is mine to collect, and what was given to me by whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from unionbenefits.campaigns.own_gifts import gifts_of
from unionbenefits.core import clock
from unionbenefits.portal.own import signed_in


@signed_in
def gifts(request: HttpRequest, worker: Any) -> HttpResponse:
    """Both lists; each says plainly when it is empty."""
    return render(request, "portal/gifts.html", {"gifts": gifts_of(worker, clock.today())})
