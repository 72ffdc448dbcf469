from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class BackofficeConfig(AppConfig):
    name = "unionbenefits.backoffice"
    default = True
    verbose_name = _("backoffice")


class PanelConfig(AdminConfig):
    """Django's admin with our site: the registers of every app and the workflow pages share it."""

    default_site = "unionbenefits.backoffice.site.PanelSite"
