"""The panel's look and menu, as data for unfold."""

from typing import Any

from django.utils.translation import gettext_lazy as _

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Union benefits"),
    "SITE_HEADER": _("Union benefits"),
}
