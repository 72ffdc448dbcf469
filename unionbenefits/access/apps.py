from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules, import_string
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.capacity import capacities_from


class AccessConfig(AppConfig):
    name = "unionbenefits.access"
    verbose_name = _("access")

    def ready(self) -> None:
        """Finds what the apps above offer: builders of files (`access.exports`), counts of work that waits
        for a post (`access.open_work`). The log learns who acts for whom.
        """
        autodiscover_modules("builders")
        autodiscover_modules("open_work")
        capacities_from(import_string("unionbenefits.access.acting.capacity"))
