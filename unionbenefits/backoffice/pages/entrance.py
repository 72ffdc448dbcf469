"""The door of the panel: name and password, then the second factor where there is one; or a passkey alone."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from unionbenefits.accounts import passkeys, second_factor, staff_sign_in
from unionbenefits.accounts.models import User
from unionbenefits.backoffice.pages.frame import render_entrance
from unionbenefits.backoffice.pages.proving import STATE, read_answer
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal

# Who gave name and password and still has to show the second factor; in a session of nobody.
_PENDING: Final = "staff_pending"
_PENDING_SECONDS = 600


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password."""
    if request.method != "POST":
        return redirect("admin:index") if site.has_permission(request) else _door(request)
    try:
        user = staff_sign_in.check_password(
            request,
            username=request.POST.get("username", "")[:60],
            password=request.POST.get("password", "")[:200],
        )
    except Refusal as refusal:
        return _door(request, refusal=str(refusal))
    if not second_factor.factors_of(user).has_any:
        return _enter(request, user)
    request.session.flush()
    request.session[_PENDING] = {
        "user": user.pk,
        "at": clock.now().timestamp(),
        "next": _next(request),
        "hash": user.get_session_auth_hash(),
    }
    return redirect("admin:second_step")


def _door(request: HttpRequest, *, refusal: str = "") -> HttpResponse:
    context = {
        "username": request.POST.get("username", "")[:60],
        "next": _next(request),
        "refusal": refusal,
        "can_passkey": passkeys.is_possible(request),
    }
    return render_entrance(request, "admin/login.html", title=_("Staff sign-in"), context=context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """The second factor of whoever gave the password just now."""
    user = _pending(request)
    if user is None:
        messages.info(request, _("That took too long. Please sign in again."))
        return redirect("admin:login")
    refusal = ""
    if request.method == "POST":
        try:
            return _enter(request, user, factor=_shown(request, user))
        except Refusal as refused:
            refusal = str(refused)
    has = second_factor.factors_of(user)
    context = {
        "refusal": refusal,
        "ask": reverse("admin:passkey_begin"),
        "can_app": has.app is not None,
        "can_passkey": has.passkeys > 0 and passkeys.is_possible(request),
        "has_codes": has.codes_left > 0,
    }
    return render_entrance(request, "admin/second_step.html", title=_("Second step"), context=context)


def _shown(request: HttpRequest, user: User) -> str:
    if request.POST.get("proof_passkey"):
        _passkey(request, user)
        return second_factor.PASSKEY
    code = request.POST.get("recovery_code") or request.POST.get("proof_code", "")
    return second_factor.check_code(user=user, code=code[:40])


@never_cache
@require_POST
def passkey_begin(request: HttpRequest) -> HttpResponse:
    """A challenge for a passkey: of the person who gave the password, else of anybody."""
    try:
        staff_sign_in.count_try(request)
    except Refusal as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=429)
    user = _pending(request)
    options, request.session[STATE] = passkeys.begin_asking(host=passkeys.host_of(request), user=user)
    return JsonResponse(options)


@never_cache
@require_POST
def passkey_enter(request: HttpRequest) -> HttpResponse:
    """Signs in with a passkey alone: it stands for password and second factor."""
    try:
        staff_sign_in.count_try(request)
        return _enter(request, _passkey(request, None), factor=second_factor.PASSKEY)
    except Refusal as refusal:
        return _door(request, refusal=str(refusal))


def _passkey(request: HttpRequest, user: User | None) -> User:
    found = passkeys.check(
        answer=read_answer(request.POST.get("proof_passkey", "")),
        state=request.session.pop(STATE, None),
        host=passkeys.host_of(request),
        user=user,
    )
    if not found.user.is_staff:
        raise passkeys.PasskeyRefused
    return found.user


def _pending(request: HttpRequest) -> User | None:
    """Who gave the password, unless that is too long ago or account or password changed meanwhile."""
    held: dict[str, Any] = request.session.get(_PENDING) or {}
    if not held or clock.now().timestamp() - held["at"] > _PENDING_SECONDS:
        return None
    return staff_sign_in.still_open(held["user"], held["hash"])


def _enter(request: HttpRequest, user: User, *, factor: str = "") -> HttpResponse:
    held: dict[str, Any] = request.session.get(_PENDING) or {}
    wanted = held.get("next") or _next(request)
    for sentence in staff_sign_in.enter(request, user, factor=factor):
        messages.warning(request, sentence)
    if factor == second_factor.RECOVERY:
        left = second_factor.factors_of(user).codes_left
        said = _("You used a recovery code; %(left)s are left. If your device is lost, set up a new one now.")
        messages.warning(request, said % {"left": left})
        return redirect("admin:my_sign_in")
    return redirect(wanted)


def _next(request: HttpRequest) -> str:
    """Where to go after sign-in: only to pages of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("admin:index")
