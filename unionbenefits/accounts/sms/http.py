"""Hands messages to an SMS gateway over HTTP; the contract is in docs/sms.md."""

import json
import urllib.error
import urllib.request
from http import HTTPStatus
from typing import Any

from django.conf import settings

from unionbenefits.accounts.sms.errors import NotAccepted

# A gateway that takes longer is taken for down; the job tries again.
TIMEOUT_SECONDS = 10
# Answers that get better by waiting. 409 is not among them: it means "this key is already accepted".
_WORTH_A_RETRY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token and the phone to an address that nobody configured."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Never follows: the answer comes back as an error with its 3xx status."""


_opener = urllib.request.build_opener(_NoRedirects)


class HttpGateway:
    """POST of a JSON object with a bearer token and an idempotency key."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Accepted on any 2xx and on 409. Raises NotAccepted."""
        try:
            _opener.open(_request(phone, text, key), timeout=TIMEOUT_SECONDS).close()
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != HTTPStatus.CONFLICT:
                retry = error.code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code in _WORTH_A_RETRY
                raise NotAccepted(f"HTTP {error.code}", final=not retry)
        except OSError as error:
            raise NotAccepted(type(error).__name__, final=False)


def _request(phone: str, text: str, key: str) -> urllib.request.Request:
    if not settings.SMS_HTTP_URL.startswith(("https://", "http://")):
        raise NotAccepted("SMS_HTTP_URL is not an http address", final=True)
    return urllib.request.Request(  # noqa: S310 - the scheme was looked at
        settings.SMS_HTTP_URL,
        data=json.dumps({"phone": phone, "text": text, "key": key}, ensure_ascii=False).encode(),
        headers={
            "Authorization": f"Bearer {settings.SMS_HTTP_TOKEN}",
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": key,
        },
        method="POST",
    )
