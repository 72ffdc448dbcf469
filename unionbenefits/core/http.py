"""Small middleware that every screen shares: language, content policy of the panel, refusals as sentences."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation

from unionbenefits.core.errors import NotFound, Refusal

_NOTHING_OF = ("camera", "microphone", "geolocation", "payment", "usb", "bluetooth", "display-capture")
_PERMISSIONS = ", ".join(f"{each}=()" for each in _NOTHING_OF)

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Chinese unless the person chose otherwise: a phone set to English still belongs to a rider in
    Foshan.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activates the language of the cookie, if it is one of ours."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PanelPolicyMiddleware:
    """What a page may do. The staff panel's scripts need a wider policy; every other page keeps the strict
    one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Replaces the policy of answers under /admin/, and sends with all what no page of ours needs."""
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_config = settings.PANEL_CONTENT_SECURITY_POLICY["DIRECTIVES"]  # type: ignore[attr-defined]
        response.headers["Permissions-Policy"] = _PERMISSIONS
        # No other site may show our pictures and files as if they were its own, or measure them.
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses the pages outside the panel: a rider pays for each kilobyte.

    Compressing a page that holds a secret beside something a stranger typed can give the secret away by its
    length (BREACH). Nothing of that kind is left here: the token of forms is masked anew in every answer, the
    session's cookie is not sent along with what another site loads (SameSite), and each answer gets up to a
    hundred random bytes (Django's own mitigation). The panel, where officers read much and search by address,
    keeps its pages as they are; so do files, which are compressed or private.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Django's, for pages only."""
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.streaming or not is_page or request.path.startswith("/admin/"):
            return response
        return super().process_response(request, response)


class RefusalMiddleware:
    """A refusal that no view answered becomes a page with its sentence: 404 outside the scope, 409
    otherwise.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes through; the work is in `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's hook for an exception raised by a view."""
        if not isinstance(exception, Refusal):
            return None
        status = 404 if isinstance(exception, NotFound) else 409
        return render(request, "refusal.html", {"message": exception.message}, status=status)
