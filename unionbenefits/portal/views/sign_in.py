"""Signing in with document, phone and a code by SMS; signing out."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from unionbenefits.accounts.throttling import TooMany
from unionbenefits.audit.actors import System
from unionbenefits.core.addresses import client_address
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_phone
from unionbenefits.portal import actions, sessions
from unionbenefits.portal.attempts import Drawer
from unionbenefits.portal.forms import CodeForm, SignInForm
from unionbenefits.portal.http import posted

_PORTAL = System("portal")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What this browser is signing in with.

    Kept sealed in its session: nobody is known yet, the data is personal.
    """

    token: str
    document: str
    phone: str


_ATTEMPT = Drawer(Attempt, "attempt")


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for document and phone, then sends the code."""
    if request.method == "POST":
        return _ask(request)
    if sessions.current_worker(request) is not None:
        return redirect("portal:home")
    return sign_in_page(request, SignInForm())


def sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    """The form; also what the home page is for a guest, without a detour."""
    return render(request, "portal/sign_in.html", {"form": form}, status=status)


def _ask(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST)
    if not form.is_valid():
        return sign_in_page(request, form)
    try:
        _send_code(request, document=form.cleaned_data["document"], phone=form.cleaned_data["phone"])
    except TooMany as refusal:
        form.add_error(None, str(refusal))
        return sign_in_page(request, form, status=429)
    return redirect("portal:code")


@posted
def again(request: HttpRequest) -> HttpResponse:
    """Sends a new code for what was typed before."""
    attempt = _ATTEMPT.kept(request)
    if attempt is None:
        return redirect("portal:sign_in")
    try:
        _send_code(request, document=attempt.document, phone=attempt.phone)
        messages.success(request, _("A new code is on its way. The old one no longer works."))
    except TooMany as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:code")


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code, then opens the session."""
    attempt = _ATTEMPT.kept(request)
    if attempt is None:
        return redirect("portal:sign_in")
    form = CodeForm(request.POST or None)
    over = False
    if form.is_valid():
        try:
            worker = actions.sign_in(
                token=uuid.UUID(attempt.token), code=form.cleaned_data["code"], by=_PORTAL
            )
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            over = refusal.code in ("code_over", "code_burnt")
        else:
            sessions.begin(request, worker)
            return redirect("portal:home")
    # A wrong code is no start for the right one.
    form.data = {}
    context = {"form": form, "phone": mask_phone(attempt.phone), "over": over}
    return render(request, "portal/code.html", context)


@posted
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session in one tap."""
    sessions.end(request)
    messages.success(request, _("You are signed out."))
    return redirect("portal:sign_in")


def _send_code(request: HttpRequest, *, document: str, phone: str) -> None:
    token = actions.ask_for_code(document=document, phone=phone, address=client_address(request), by=_PORTAL)
    _ATTEMPT.keep(request, Attempt(str(token), document, phone))
