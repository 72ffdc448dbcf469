"""The audit log: what was done, by whom, to what, chained by hash so that a silent change shows
(invariant 10).
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import append_only
from unionbenefits.audit.querysets import EntryQuerySet, SealQuerySet


class Entry(models.Model):
    """One act of one actor. Written by `audit.actions` inside the act's own transaction; never changed or
    removed.

    `data` holds identifiers, codes, counts and amounts, never a name, number or phone: erasing a person
    must not
    touch the log.
    """

    at = models.DateTimeField(_("time"))
    actor = models.CharField(
        _("who"), max_length=150, help_text=_("Kind and sign-in name, such as staff:chen.")
    )
    action = models.CharField(_("act"), max_length=60, help_text=_("The verb, such as roster.apply."))
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.CharField(_("object"), max_length=60, blank=True)
    data = models.JSONField(_("details"), default=dict)
    origin = models.CharField(
        _("from where"),
        max_length=80,
        blank=True,
        default="",
        db_default="",
        help_text=_("Address, command or job, such as address:10.0.0.7."),
    )
    context = models.UUIDField(_("history context"), null=True, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["object_type", "object_id"], name="audit_entry_object"),
            models.Index(fields=["actor", "id"], name="audit_entry_actor"),
            models.Index(fields=["action", "id"], name="audit_entry_action"),
            models.Index(fields=["at"], name="audit_entry_at"),
        ]
        triggers: ClassVar = append_only("audit_entry")

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}".strip()


class Seen(models.Model):
    """Whose data an act laid open, where it is about something else: a paper, a file of many people.

    Keys of workers, sorted; their digest is in the entry's data and so in the chain. A worker asks by it who
    looked (`audit.queries.looks_at`).
    """

    entry = models.OneToOneField(
        Entry, models.PROTECT, primary_key=True, related_name="seen", verbose_name=_("entry")
    )
    people = ArrayField(models.BigIntegerField(), verbose_name=_("workers"))

    class Meta:
        verbose_name = _("people seen")
        verbose_name_plural = _("people seen")
        indexes: ClassVar = [GinIndex(fields=["people"], name="audit_seen_people")]
        triggers: ClassVar = append_only("audit_seen")

    def __str__(self) -> str:
        return f"{self.entry_id}"


class Seal(models.Model):
    """An entry's place in the chain: `hash` covers the entry and the seal before it. Written by
    `audit.actions.seal`.

    Sealing happens after commit and under one lock, so that writers never wait for each other; `position`
    has no
    gaps, so that a removed entry shows.
    """

    position = models.BigIntegerField(_("position"), primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal", verbose_name=_("entry"))
    previous = models.BinaryField(_("hash before"), max_length=32)
    hash = models.BinaryField(_("hash"), max_length=32)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering: ClassVar = ["position"]
        triggers: ClassVar = append_only("audit_seal")

    def __str__(self) -> str:
        return f"{self.position}"
