"""Checks of the configuration, run by `manage.py check` and before commands."""

from typing import Any

from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured

from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.crypto.signing import signing_ring


def keys_are_readable(**_options: Any) -> list[Error]:
    """Key rings that cannot be read are told of before the first page needs them."""
    found = []
    for number, ring in (("core.E010", keyring), ("core.E011", signing_ring)):
        try:
            ring()
        except ImproperlyConfigured as error:
            found.append(Error(str(error), id=number))
    return found
