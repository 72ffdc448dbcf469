"""Asking again who is there, before an approval, a reveal or an export, without losing what was typed.

A POST that comes without a young enough proof is answered with a page that holds everything that was sent
and asks for the password or a second factor; sent off again, it is carried out as it was. A part that htmx
asked for gets a dialogue instead, and the page asks again by itself once the proof is given (panel/proof.js).
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from unionbenefits.accounts import passkeys, second_factor, staff_sessions, staff_sign_in
from unionbenefits.accounts.models import User
from unionbenefits.backoffice.pages.frame import render_page
from unionbenefits.core.errors import Refusal

_PASSWORD, _CODE, _PASSKEY, _FILES = "proof_password", "proof_code", "proof_passkey", "proof_files"
_OURS: Final = frozenset({_PASSWORD, _CODE, _PASSKEY, _FILES, "csrfmiddlewaretoken"})
_OVER_THE_PAGE: Final = {
    "HX-Retarget": "body",
    "HX-Reswap": "beforeend",
    "HX-Reselect": "[data-proof]",
    "X-Proof": "asked",
}
# Where the challenge waits while the browser asks for a passkey.
STATE: Final = "passkey"


def ask(request: HttpRequest, *, first: bool = False) -> HttpResponse | None:
    """None once a proof is young enough, and then `request.POST` is as the page's form sent it.

    Reading a page asks only where it says so (`first`).
    """
    if staff_sessions.is_fresh(request) or (request.method != "POST" and not first):
        return None
    if request.method != "POST":
        return before(request, request.get_full_path())
    given = any(request.POST.get(name) for name in (_PASSWORD, _CODE, _PASSKEY))
    if not given:
        return _asked(request)
    try:
        factor = check(request)
    except Refusal as refusal:
        return _asked(request, refusal=str(refusal))
    staff_sessions.prove(request, factor=factor)
    lacks_files = _FILES in request.POST
    _strip(request)
    return _files_again(request) if lacks_files else None


def before(request: HttpRequest, wanted: str, *, refusal: str = "") -> HttpResponse:
    """The question before a page opens; `wanted` is where it leads afterwards."""
    context = ways(request) | {
        "refusal": refusal,
        "kept": [("wanted", wanted)],
        "action": reverse("admin:proof"),
    }
    return render_page(request, "admin/pages/proof.html", title=_("Is it you?"), context=context, status=403)


def check(request: HttpRequest) -> str:
    """The second factor that was shown, empty for the password. Raises Refusal with what to do."""
    user = request.user
    assert isinstance(user, User)
    if request.POST.get(_PASSKEY):
        state = request.session.pop(STATE, None)
        answer = read_answer(request.POST[_PASSKEY])
        passkeys.check(answer=answer, state=state, host=passkeys.host_of(request), user=user)
        return second_factor.PASSKEY
    if request.POST.get(_CODE):
        return second_factor.check_code(user=user, code=request.POST[_CODE], recovery=False)
    staff_sign_in.check_own_password(user=user, password=request.POST.get(_PASSWORD, ""))
    return ""


def read_answer(text: str) -> Any:
    """What the browser's passkey dialogue answered. Raises PasskeyRefused."""
    try:
        return json.loads(text[:20_000])
    except ValueError:
        raise passkeys.PasskeyRefused


def ways(request: HttpRequest) -> dict[str, Any]:
    """What the person can prove with, for the templates of proof and second step."""
    user = request.user
    assert isinstance(user, User)
    has = second_factor.factors_of(user)
    return {
        "can_password": user.has_usable_password(),
        "can_app": has.app is not None,
        "can_passkey": has.passkeys > 0 and passkeys.is_possible(request),
        "minutes": settings.PROOF_MINUTES,
        "ask": reverse("admin:passkey_options"),
    }


def _asked(request: HttpRequest, *, refusal: str = "") -> HttpResponse:
    context = ways(request) | {
        "refusal": refusal,
        "kept": list(_kept(request)),
        "lacks_files": bool(request.FILES) or _FILES in request.POST,
    }
    if "HX-Request" in request.headers:
        answer = dialog(request, refusal=refusal)
        for header, value in _OVER_THE_PAGE.items():
            answer[header] = value
        return answer
    return render_page(request, "admin/pages/proof.html", title=_("Is it you?"), context=context, status=403)


def dialog(request: HttpRequest, *, refusal: str = "") -> HttpResponse:
    """The question as a dialogue over the page."""
    context = ways(request) | {"refusal": refusal}
    return render(request, "admin/pages/parts/proof_dialog.html", context)


def _kept(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Every value that the form sent, in its order."""
    for name, values in request.POST.lists():
        if name not in _OURS:
            yield from ((name, str(value)) for value in values)


def _strip(request: HttpRequest) -> None:
    sent = request.POST.copy()
    for name in _OURS - {"csrfmiddlewaretoken"}:
        sent.pop(name, None)
    sent._mutable = False
    request.POST = sent  # type: ignore[assignment]


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether the address leads to a page of this site."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def _files_again(request: HttpRequest) -> HttpResponse:
    """A chosen file cannot be kept by a page: back to where it is chosen, with the proof given."""
    back = request.headers.get("Referer", "")
    back = back if is_ours(request, back) else request.path
    return render_page(
        request, "admin/pages/proof_files.html", title=_("Choose the file again"), context={"back": back}
    )
