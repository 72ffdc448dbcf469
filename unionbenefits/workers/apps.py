from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkersConfig(AppConfig):
    name = "unionbenefits.workers"
    verbose_name = _("workers")
