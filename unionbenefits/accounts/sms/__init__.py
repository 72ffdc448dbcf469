"""How a text message leaves the house: `settings.SMS_BACKEND` names the module here (docs/sms.md)."""

from typing import Protocol, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

_GATEWAYS = {
    "console": "unionbenefits.accounts.sms.console.ConsoleGateway",
    "file": "unionbenefits.accounts.sms.file.FileGateway",
    "http": "unionbenefits.accounts.sms.http.HttpGateway",
}


class Gateway(Protocol):
    """Takes one message. `key` names it: the same key again is the same message, to be delivered once."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Returns when the message was accepted. Raises NotAccepted."""


def gateway() -> Gateway:
    """The configured gateway. Raises ImproperlyConfigured for an unknown name."""
    path = _GATEWAYS.get(settings.SMS_BACKEND)
    if path is None:
        raise ImproperlyConfigured(f"SMS_BACKEND is one of {', '.join(_GATEWAYS)}.")
    return cast("Gateway", import_string(path)())
