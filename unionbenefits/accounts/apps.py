from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "unionbenefits.accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        """Django's own hook, so that no way to sign in leaves a session without its times."""
        user_logged_in.connect(
            import_string("unionbenefits.accounts.staff_sessions.begin"),
            dispatch_uid="accounts.staff_sessions",
        )
