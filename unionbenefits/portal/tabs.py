"""The places of the portal that a signed-in worker goes between: the tabs at the bottom of a phone."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Tab:
    """`icon` is a name of components/icon.html; `here` says that the page belongs to it."""

    address: str
    label: str | Promise
    icon: str
    here: bool


# At most four characters in Chinese: five of them stand side by side on a phone.
_PLACES = (
    ("portal:home", _("My cover"), "shield"),
    ("portal:claims", _("My claims"), "page"),
    ("portal:gifts", _("My gifts"), "gift"),
    ("portal:messages", _("Messages"), "bell"),
    ("portal:my_data", _("My data"), "person"),
)


def tabs(path: str) -> list[Tab]:
    """The tabs as seen from the page at `path`."""
    return [Tab(address, label, icon, _is_of(path, address)) for address, label, icon in _placed()]


@lru_cache(maxsize=1)
def _placed() -> tuple[tuple[str, str | Promise, str], ...]:
    """Places whose page exists."""
    found = []
    for name, label, icon in _PLACES:
        try:
            found.append((reverse(name), label, icon))
        except NoReverseMatch:
            continue
    return tuple(found)


def _is_of(path: str, address: str) -> bool:
    if address == "/":
        return path == "/" or path.startswith("/cover/")
    return path.startswith(address)
