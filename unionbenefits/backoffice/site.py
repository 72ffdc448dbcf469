"""The staff panel: one admin site for the registers of every app and for the workflow pages."""

from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite


class PanelSite(UnfoldAdminSite):
    """Django's admin in unfold's look."""

    site_title = _("Union benefits")
    site_header = _("Union benefits")
    index_title = _("Home")
