"""Where one is signed in, what happened to the phone number, and signing out from all of it at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext

from unionbenefits.portal import sessions
from unionbenefits.portal.http import posted
from unionbenefits.portal.own import signed_in
from unionbenefits.workers import sign_ins as register
from unionbenefits.workers.phone_history import phone_events

# A screen or three: what somebody can still remember.
_SHOWN = 20


@signed_in
def sign_ins(request: HttpRequest, worker: Any) -> HttpResponse:
    """This device, the others that are open, those that are over, and changes of the phone number."""
    places = register.recent(worker, here=sessions.here(request), limit=_SHOWN)
    context = {
        "here": next((place.sign_in for place in places if place.is_here), None),
        "others": [place.sign_in for place in places if place.is_open and not place.is_here],
        "over": [place for place in places if not place.is_open],
        "changes": phone_events(worker, limit=_SHOWN),
    }
    return render(request, "portal/sign_ins.html", context)


@posted
def end(request: HttpRequest) -> HttpResponse:
    """Signs out elsewhere (`which=others`), or everywhere, here too."""
    worker = sessions.current_worker(request)
    if worker is None:
        return redirect("portal:home")
    if request.POST.get("which") == "others":
        ended = sessions.end_elsewhere(request, worker)
        said = ngettext(
            "Signed out on %(count)s other device. You stay signed in here.",
            "Signed out on %(count)s other devices. You stay signed in here.",
            ended,
        )
        messages.success(request, said % {"count": ended})
        return redirect("portal:sign_ins")
    sessions.end_everywhere(request, worker)
    messages.success(request, _("You are signed out everywhere, here too."))
    return redirect("portal:sign_in")
