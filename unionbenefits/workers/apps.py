from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class WorkersConfig(AppConfig):
    name = "unionbenefits.workers"
    verbose_name = _("workers")

    def ready(self) -> None:
        """Finds what the apps erase of a person (`erasers`), and how long they keep what (`retention`)."""
        autodiscover_modules("erasers", "retention")
