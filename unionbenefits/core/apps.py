from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from unionbenefits.core.checks import keys_are_readable


class CoreConfig(AppConfig):
    name = "unionbenefits.core"
    verbose_name = _("core")

    def ready(self) -> None:
        """Configuration is checked by `manage.py check` and before commands."""
        register(keys_are_readable)
