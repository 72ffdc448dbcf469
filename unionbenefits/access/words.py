"""Permissions in words, from the code: for the page of roles and for docs/permissions.md."""

from functools import lru_cache
from typing import Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What one holds without doing anything to it.
SEES: Final = "view"
_VERBS: Final[tuple[tuple[str, str | Promise], ...]] = (
    (SEES, _("see %(what)s")),
    ("add", _("add %(what)s")),
    ("change", _("change %(what)s")),
)


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, str | Promise, str | Promise]]:
    """Permission → app, pattern, and what goes into it."""
    known: dict[str, tuple[str, str | Promise, str | Promise]] = {}
    for model in apps.get_models():
        meta = model._meta
        for verb, pattern in _VERBS:
            known[f"{meta.app_label}.{verb}_{meta.model_name}"] = (
                meta.app_label,
                pattern,
                meta.verbose_name_plural or "",
            )
        known |= {
            f"{meta.app_label}.{code}": (meta.app_label, "%(what)s", text) for code, text in meta.permissions
        }
    return known


def in_words(permission: str) -> str:
    """`app.codename` as a phrase in the active language, such as "see coverages"."""
    _app, pattern, what = _known()[permission]
    return str(pattern) % {"what": what}


def app_in_words(permission: str) -> str:
    """The part of the system that the permission is about."""
    return str(apps.get_app_config(permission.partition(".")[0]).verbose_name)
