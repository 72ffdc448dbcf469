"""One's own sign-in: what proves it, where it was used, the password; and the proof in the middle of work."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionbenefits.accounts import notices, passkeys, passwords, second_factor, staff_sessions
from unionbenefits.accounts.models import User
from unionbenefits.accounts.queries import recent_sign_ins
from unionbenefits.backoffice.pages import proving
from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.password_form import PasswordForm, rules
from unionbenefits.core.errors import Refusal

_NOTICES = 10


@page()
@require_safe
def my_sign_in(request: HttpRequest) -> HttpResponse:
    """Second factors, recent sign-ins, what others did, and the way out everywhere."""
    user = officer(request)
    told = user.security_notices.all()[:_NOTICES]
    return render_page(
        request,
        "admin/pages/my_sign_in.html",
        title=_("My sign-in"),
        context={
            "has": second_factor.factors_of(user),
            "passkeys": list(user.passkeys.all()),
            "passkeys_possible": passkeys.is_possible(request),
            "required": settings.SECOND_FACTOR_REQUIRED,
            "sign_ins": recent_sign_ins(user),
            "notices": [(one, notices.sentence(one)) for one in told],
            "hours_left": round(staff_sessions.left(request).total_seconds() / 3600, 1),
            "idle_minutes": settings.STAFF_IDLE_MINUTES,
        },
    )


@page(fresh=True)
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Ends one's sessions everywhere but here."""
    staff_sessions.end_other_sessions(request, officer(request))
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("admin:my_sign_in")


@sensitive_post_parameters()
@page()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password of one's own; the old one is asked for, other sessions end."""
    user = officer(request)
    form = PasswordForm(request.POST or None, user=user)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            proving.check(request)
            changed = passwords.change_own_password(by=user, password=form.cleaned_data["password1"])
        except Refusal as refused:
            refusal = str(refused)
        else:
            staff_sessions.keep_here(request, changed)
            messages.success(request, _("Your password is changed. You are signed out everywhere but here."))
            return redirect("admin:my_sign_in")
    return render_page(
        request,
        "admin/pages/password_change.html",
        title=_("Change my password"),
        status=422 if form.errors or refusal else 200,
        context={"form": form, "rules": rules(), "refusal": refusal, **_own_ways(request, user)},
    )


def _own_ways(request: HttpRequest, user: User) -> dict[str, Any]:
    """Whoever signs in with a passkey alone may have no password: a second factor proves the person then."""
    return {} if user.has_usable_password() else {"without_old": True, **proving.ways(request)}


@page()
@require_POST
def proof(request: HttpRequest) -> HttpResponse:
    """A proof by itself: in a dialogue, whose page goes on then (panel/proof.js), or before a page opens."""
    wanted = request.POST.get("wanted", "")
    wanted = wanted if proving.is_ours(request, wanted) else reverse("admin:index")
    in_dialog = "HX-Request" in request.headers
    try:
        factor = proving.check(request)
    except Refusal as refusal:
        if in_dialog:
            return proving.dialog(request, refusal=str(refusal))
        return proving.before(request, wanted, refusal=str(refusal))
    staff_sessions.prove(request, factor=factor)
    return HttpResponse(headers={"HX-Trigger": "proved"}) if in_dialog else redirect(wanted)


@page()
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """A challenge for one of one's own passkeys."""
    user = officer(request)
    host = passkeys.host_of(request)
    options, request.session[proving.STATE] = passkeys.begin_asking(host=host, user=user)
    return JsonResponse(options)
