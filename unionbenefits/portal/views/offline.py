"""The portal as an app of the phone: what makes it installable, and what it shows without a network."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache

_STYLES = ("portal/portal.css", "portal/portal.js", "portal/icon.svg")
# The colour of static/portal/portal.css: --ground.
_GROUND = "#f6f4f1"


@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """Name, colours and icons of the app. Browsers send no cookie for it: the address has the language."""
    language = "en" if request.GET.get("lang") == "en" else "zh-hans"
    with translation.override(language):
        said = {
            "name": _("Mutual-aid cover"),
            "short_name": _("Mutual aid"),
            "description": _("See whether you are covered, and show your certificate."),
        }
    shape = {"lang": language, "id": "/", "start_url": "/", "scope": "/", "display": "standalone"}
    colours = {"background_color": _GROUND, "theme_color": _GROUND}
    icons = [
        _icon("icon-192.png", "192x192", "any"),
        _icon("icon-512.png", "512x512", "any"),
        _icon("icon-maskable-512.png", "512x512", "maskable"),
    ]
    answer = JsonResponse(said | shape | colours | {"icons": icons})
    answer["Content-Type"] = "application/manifest+json"
    return answer


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": static(f"portal/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}


@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers without a network. It lies at the root, so it may answer for every page."""
    files = [static(name) for name in _STYLES]
    setup = json.dumps({"files": files, "offline": reverse("portal:offline"), "kept": reverse("portal:kept")})
    return render(request, "portal/service_worker.js", {"setup": setup}, content_type="text/javascript")


@cache_control(public=True, max_age=3600)
def offline(_request: HttpRequest) -> HttpResponse:
    """Says that there is no network, in both languages: without one nobody knows which to use.

    Made without the request, so that nothing of the person who happens to be signed in gets into the copy.
    """
    return HttpResponse(render_to_string("portal/offline.html"))


@never_cache
def kept(request: HttpRequest) -> HttpResponse:
    """Where the browser shows the kept certificate. This answer is seen only where none is kept."""
    return render(request, "portal/kept_none.html")
