from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules, import_string
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.capacity import capacities_from


class AccessConfig(AppConfig):
    name = "unionbenefits.access"
    verbose_name = _("access")

    def ready(self) -> None:
        """Finds what the apps above offer: builders of files (`access.exports`), counts of work that waits
        for a post (`access.open_work`), matters that a change of the tree meets (`access.in_the_way`). The
        log learns who acts for whom.
        """
        autodiscover_modules("builders")
        autodiscover_modules("open_work")
        autodiscover_modules("in_the_way")
        capacities_from(import_string("unionbenefits.access.acting.capacity"))
