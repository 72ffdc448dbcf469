"""The staff panel: one admin site for the registers of every app and for the workflow pages."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite


class PanelSite(UnfoldAdminSite):
    """Django's admin in unfold's look, with our pages beside the registers."""

    site_title = _("Union benefits")
    site_header = _("Union benefits")
    index_title = _("Home")
    enable_nav_sidebar = True

    def register(self, models: Any, admin_class: Any = None, **options: Any) -> None:
        """Opens registers that are scoped, and no others: those that libraries bring know no scope.

        Roles' groups are written by `sync_roles`, the queue is watched from the command line.
        """
        from unionbenefits.core.admin import ScopedAdmin

        if admin_class is not None and issubclass(admin_class, ScopedAdmin):
            super().register(models, admin_class, **options)

    def get_urls(self) -> list[URLPattern]:
        """The workflow pages come first; each checks sign-in and permission itself (`pages.base.page`)."""
        from unionbenefits.backoffice.pages import entrance_urls
        from unionbenefits.backoffice.pages.urls import urlpatterns

        registers: list[URLPattern] = super().get_urls()
        return [*entrance_urls.urlpatterns, *urlpatterns, *registers]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Of one app. Every page asks for that of all, which would cost more than the rest of its frame, for
        nothing: the menu is our own.
        """
        return [] if app_label is None else super().get_app_list(request, app_label)

    def search(self, *_args: Any, **_options: Any) -> Any:
        """Unfold's global search keeps answers for minutes, whatever the language or posts: not offered."""
        raise Http404

    def history_of(self, request: HttpRequest, found: Model) -> dict[str, Any]:
        """What the history page of an object shows."""
        from unionbenefits.backoffice.pages.history import history_of

        return history_of(request, found)
