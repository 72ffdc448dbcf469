"""The hook for a virus scanner: settings.PAPER_SCANNER names a function that looks at the bytes."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from unionbenefits.core.errors import Refusal


def scan(content: bytes) -> None:
    """Refuses `paper_infected` where the installation's scanner, if any, finds something.

    The scanner takes the bytes as received and returns the name of what it found, or "". A scanner that
    fails is not passed over: its exception ends the upload.
    """
    path = settings.PAPER_SCANNER
    if not path:
        return
    scanner: Callable[[bytes], str] = import_string(path)
    if scanner(content):
        raise Refusal("paper_infected", _("The file is not safe and was not kept. Choose another one."))
