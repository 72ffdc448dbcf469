"""Setting up and removing what proves a person: authenticator app, passkeys, recovery codes."""

import base64
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionbenefits.accounts import passkeys, second_factor, staff_sessions
from unionbenefits.accounts.models import Passkey
from unionbenefits.backoffice.pages import proving
from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core import qr
from unionbenefits.core.errors import Refusal

# The secret of an app that is being set up, sealed, in the session.
_SECRET: Final = "app_secret"  # noqa: S105 - the name of a key


@page()
@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Which second factor to set up; where one is required, the only page that opens without."""
    return render_page(
        request,
        "admin/pages/factor_first.html",
        title=_("Set up your second factor"),
        context={
            "required": settings.SECOND_FACTOR_REQUIRED,
            "passkeys_possible": passkeys.is_possible(request),
        },
    )


@page(fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """An authenticator app: begin (a secret and its QR code), confirm with a code, or remove."""
    act = request.POST.get("act", "")
    if act == "begin":
        request.session[_SECRET] = second_factor.new_secret()
        return redirect("admin:factor_app")
    if act == "remove":
        return _done(request, lambda: second_factor.remove_app(by=officer(request)), _("The app is removed."))
    sealed = request.session.get(_SECRET)
    refusal = ""
    if act == "confirm" and sealed:
        try:
            second_factor.confirm_app(by=officer(request), sealed=sealed, code=_digits(request))
        except Refusal as refused:
            refusal = str(refused)
        else:
            del request.session[_SECRET]
            return _added(request, second_factor.APP, _("The authenticator app is set up."))
    return _app_page(request, sealed, refusal)


def _digits(request: HttpRequest) -> str:
    return "".join(letter for letter in request.POST.get("code", "")[:20] if letter.isdigit())


def _app_page(request: HttpRequest, sealed: str | None, refusal: str) -> HttpResponse:
    context: dict[str, Any] = {"refusal": refusal, "is_begun": bool(sealed)}
    if sealed:
        picture = qr.svg(second_factor.app_address(sealed, officer(request)))
        context |= {
            "picture": "data:image/svg+xml;base64," + base64.b64encode(picture).decode(),
            "secret": second_factor.secret_shown(sealed),
        }
    status = 422 if refusal else 200
    title = _("Authenticator app")
    return render_page(request, "admin/pages/factor_app.html", title=title, context=context, status=status)


@page(fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_add(request: HttpRequest) -> HttpResponse:
    """A new passkey: its name, and the browser's own dialogue (panel/passkeys.js)."""
    refusal = ""
    if request.method == "POST":
        try:
            passkeys.add(
                by=officer(request),
                name=request.POST.get("name", ""),
                answer=proving.read_answer(request.POST.get("made", "")),
                state=request.session.pop(proving.STATE, None),
                host=passkeys.host_of(request),
            )
        except Refusal as refused:
            refusal = str(refused)
        else:
            return _added(request, second_factor.PASSKEY, _("The passkey is set up."))
    context = {
        "refusal": refusal,
        "possible": passkeys.is_possible(request),
        "name": request.POST.get("name", ""),
    }
    status = 422 if refusal else 200
    title = _("New passkey")
    return render_page(request, "admin/pages/passkey_add.html", title=title, context=context, status=status)


@page()
@require_POST
def passkey_make(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    try:
        host = passkeys.host_of(request)
        options, state = passkeys.begin_adding(user=officer(request), host=host)
    except Refusal as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=409)
    request.session[proving.STATE] = state
    return JsonResponse(options)


@page(fresh=True)
@require_POST
def passkey_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames or removes one of one's own passkeys."""
    user = officer(request)
    found: Passkey | None = user.passkeys.filter(pk=pk).first()
    if found is None:
        raise Http404
    if request.POST.get("act") == "remove":
        return _done(
            request, lambda: passkeys.remove(by=user, passkey=found), _("The passkey opens nothing any more.")
        )
    name = request.POST.get("name", "")
    return _done(request, lambda: passkeys.rename(by=user, passkey=found, name=name), _("Renamed."))


@never_cache
@page(fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """How many codes are left; new ones, shown this once, to print."""
    user = officer(request)
    made: list[str] = []
    if request.method == "POST":
        try:
            made = second_factor.make_codes(by=user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:my_sign_in")
    return render_page(
        request,
        "admin/pages/recovery_codes.html",
        title=_("Recovery codes"),
        context={"made": made, "has": second_factor.factors_of(user), "username": user.username},
    )


def _added(request: HttpRequest, factor: str, said: str) -> HttpResponse:
    """The factor counts as shown here; sessions elsewhere, which know of none, are over."""
    user = officer(request)
    staff_sessions.next_round(user)
    staff_sessions.keep_here(request, user)
    staff_sessions.prove(request, factor=factor)
    messages.success(request, said)
    if second_factor.factors_of(user).codes_left == 0:
        return redirect("admin:recovery_codes")
    return redirect("admin:my_sign_in")


def _done(request: HttpRequest, verb: Any, said: str) -> HttpResponse:
    try:
        verb()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(reverse("admin:my_sign_in"))
