"""A certificate kept on the phone: readable without a network, and gone when its holder signs out.

The copy lies in the browser's own cache (static/portal/portal.js, templates/portal/service_worker.js).
For whom it is kept stands, sealed, in a cookie, so that a later answer can tell the browser to forget it:
phones are shared.
"""

import datetime as dt
import json

from django.http import HttpRequest, HttpResponse

from unionbenefits.core import clock
from unionbenefits.core.crypto.keyring import CannotOpen, keyring
from unionbenefits.core.http import GetResponse
from unionbenefits.portal import sessions
from unionbenefits.workers.models import Worker
from unionbenefits.workers.queries import signed_out_everywhere, worker_signed_in

COOKIE = "kept"
_LABEL = "portal.kept"
_A_YEAR = 365 * 24 * 3600
# Forms after which nothing of the person may stay on the phone.
_ENDS = ("portal:sign_out", "portal:sign_ins_end")


def remember(response: HttpResponse, worker: Worker, *, secure: bool) -> None:
    """Notes on the browser that a certificate of this worker is kept there."""
    phone = bytes(worker.phone_digest or b"").hex()
    held = json.dumps([worker.pk, phone, clock.now().timestamp()])
    sealed = keyring().seal(held, _LABEL).hex()
    response.set_cookie(COOKIE, sealed, max_age=_A_YEAR, secure=secure, httponly=True, samesite="Lax")


def forget(response: HttpResponse) -> None:
    """Has the browser drop what it keeps of us: copies of certificates, and the script that shows them."""
    response.headers["Clear-Site-Data"] = '"storage"'
    response.delete_cookie(COOKIE, samesite="Lax")


class KeptMiddleware:
    """Has the browser forget a kept certificate when its holder signs out, here or everywhere, when the phone
    left the person's file (C142), and when somebody else signs in.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Looks at the cookie only where there is one: no page of anybody else costs a query."""
        response = self.get_response(request)
        if _ends(request) or (request.COOKIES.get(COOKIE) and not _may_stay(request)):
            forget(response)
        return response


def _ends(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.view_name in _ENDS


def _may_stay(request: HttpRequest) -> bool:
    try:
        worker_id, phone, since = json.loads(keyring().open(bytes.fromhex(request.COOKIES[COOKIE]), _LABEL))
    except (CannotOpen, ValueError):
        return False
    if sessions.holder(request) not in (None, worker_id):
        return False
    if worker_signed_in(worker_id=worker_id, phone_digest=bytes.fromhex(phone)) is None:
        return False
    kept_at = dt.datetime.fromtimestamp(since, dt.UTC)
    return not signed_out_everywhere(worker_id=worker_id, since=kept_at)
