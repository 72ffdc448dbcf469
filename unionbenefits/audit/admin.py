"""The audit log, to read."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from unionbenefits.audit.models import Entry, Seal
from unionbenefits.audit.words import ACTS
from unionbenefits.core.admin import ScopedAdmin
from unionbenefits.core.columns import related
from unionbenefits.core.filters import DayFilter


@admin.register(Entry)
class EntryAdmin(ScopedAdmin):
    """Every act, newest first. Filters by day, verb and kind of object; search by who, verb or object."""

    list_display = ("at", "actor", "act_words", "object_type", "object_id", "is_sealed")
    list_filter = (("at", DayFilter),)
    list_select_related = ("seal",)
    # Tells what the entry remembers in words.
    row_page = "audit_entry"
    search_fields = ("actor", "action", "object_type")
    search_help_text = _("Who, act, kind of object, or the object's number")
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": (
                    "at",
                    "actor",
                    "act_words",
                    "action",
                    "object_type",
                    "object_id",
                    "origin",
                    "is_sealed",
                )
            },
        ),
    )

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """A number is an object's key; anything else the beginning of who, act or kind of object."""
        if text.isascii() and text.isdigit():
            return rows.filter(object_id=text)
        return super().find(rows, text)

    @display(description=_("act"), ordering="action")
    def act_words(self, entry: Entry) -> str:
        """The act as a sentence."""
        return str(ACTS.get(entry.action, entry.action))

    @display(description=_("sealed"), boolean=True)
    def is_sealed(self, entry: Entry) -> bool:
        """Whether the chain holds the entry already."""
        return hasattr(entry, "seal")


@admin.register(Seal)
class SealAdmin(ScopedAdmin):
    """The chain: each seal's hash covers its entry and the seal before."""

    list_display = ("position", "entry_text", "hash_text")
    list_select_related = ("entry",)
    ordering = ("-position",)
    search_fields = ("position",)
    search_help_text = _("Position in the chain")
    fieldsets: ClassVar = ((None, {"fields": ("position", "entry_shown", "hash_text", "previous_text")}),)
    entry_shown = related("entry", _("entry"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Newest first."""
        return super().get_queryset(request).order_by("-position")

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """One position."""
        return rows.filter(position=text) if text.isascii() and text.isdigit() else rows.none()

    @display(description=_("entry"))
    def entry_text(self, seal: Seal) -> str:
        """What the seal covers."""
        entry = seal.entry
        return f"{ACTS.get(entry.action, entry.action)} · {entry.object_type} {entry.object_id}".rstrip(" ·")

    @display(description=_("hash"))
    def hash_text(self, seal: Seal) -> str:
        """As hexadecimal digits, to compare with a printed one."""
        return bytes(seal.hash).hex()

    @display(description=_("hash before"))
    def previous_text(self, seal: Seal) -> str:
        """As hexadecimal digits."""
        return bytes(seal.previous).hex()
