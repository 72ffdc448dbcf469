from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "unionbenefits.access"
    verbose_name = _("access")

    def ready(self) -> None:
        """Finds the builders of files that the apps above offer (`access.exports`)."""
        autodiscover_modules("builders")
