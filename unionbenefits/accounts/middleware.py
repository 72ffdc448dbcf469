"""Guards the staff panel: sessions that are over, and a second factor that is due."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from unionbenefits.accounts import staff_sessions
from unionbenefits.accounts.models import User
from unionbenefits.accounts.second_factor import factors_of
from unionbenefits.core.http import GetResponse

# Open to whoever: signing in and leaving.
_DOOR: Final = frozenset(
    {"login", "logout", "jsi18n", "password_set", "second_step", "passkey_begin", "passkey_enter"}
)
# What a person without a second factor may open besides: setting one up.
_SET_UP: Final = frozenset({"factor_first", "factor_app", "passkey_add", "passkey_make", "proof"})


class StaffSessionMiddleware:
    """Ends what is over and leads to the set-up of a second factor before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes through; the work is in `process_view`, which knows the page."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Only under the panel's addresses is the person looked up at all."""
        match = request.resolver_match
        if match is None or match.namespace != "admin":
            return None
        user: Any = request.user
        if not isinstance(user, User):
            return None
        if staff_sessions.is_over(request):
            return _sign_in_again(request)
        staff_sessions.follow_rights(request, user)
        # Parts that a page fetches by itself keep no session alive.
        if request.method != "GET" or "HX-Request" not in request.headers:
            staff_sessions.touch(request)
        if settings.SECOND_FACTOR_REQUIRED and not staff_sessions.factor_shown(request):
            return _second_factor_due(request, user, str(match.url_name))
        return None


def _second_factor_due(request: HttpRequest, user: User, name: str) -> HttpResponse | None:
    """Who has none sets one up first; who has one, but did not show it in this session, signs in with it."""
    if name in _DOOR:
        return None
    if factors_of(user).has_any:
        return _sign_in_again(request)
    return None if name in _SET_UP else redirect("admin:factor_first")


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("Your session is over. Please sign in again."))
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("admin:login")})
    back = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    return redirect_to_login(back, reverse("admin:login"))
