"""Consents given and withdrawn (PIPL arts. 14, 15, 29): each with the version of the text that was shown."""

from typing import Final

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.enums import ConsentKind
from unionbenefits.workers.models import Consent, Worker

BANK_VERSION: Final = "2026-11"
MESSAGES_VERSION: Final = "2026-11"


def give_consent(*, by: Actor, worker: Worker, kind: ConsentKind, text_version: str) -> Consent:
    """The worker agrees to this text; agreed already = that one. An older text's consent is closed.

    Raises Refusal `consent_missing` where no version is named.
    """
    if not text_version.strip():
        raise Refusal("consent_missing", _("Please agree to the text first."))
    with act("consent.give", by=by) as doing:
        Worker.objects.select_for_update(no_key=True).get(pk=worker.pk)
        now = clock.now()
        old: Consent | None = Consent.objects.filter(
            worker=worker, kind=kind, withdrawn_at__isnull=True
        ).first()
        if old is not None and old.text_version == text_version:
            doing.about, doing.data = old, {"again": True}
            return old
        if old is not None:
            old.withdrawn_at = now
            old.save(update_fields=["withdrawn_at"])
        made: Consent = Consent.objects.create(
            worker=worker,
            kind=kind,
            text_version=text_version,
            given_at=now,
            given_through=by.audit_name,
        )
        doing.about, doing.data = made, {"kind": kind.value, "version": text_version}
    return made


def withdraw_consent(*, by: Actor, worker: Worker, kind: ConsentKind, text_version: str) -> Consent:
    """The worker no longer agrees, as easily as agreeing (PIPL art. 15); what was done before stays done.

    Text messages come without having been asked for: withdrawing them before is kept as a consent that was
    closed at once. Withdrawn already = nothing. Raises Refusal `consent_none` for others never given.
    """
    with act("consent.withdraw", by=by) as doing:
        Worker.objects.select_for_update(no_key=True).get(pk=worker.pk)
        last: Consent | None = Consent.objects.filter(worker=worker, kind=kind).order_by("-pk").first()
        if last is None and kind != ConsentKind.MESSAGES:
            raise Refusal(
                "consent_none", _("You have not given this consent, so there is nothing to withdraw.")
            )
        now = clock.now()
        if last is None:
            last = Consent.objects.create(
                worker=worker,
                kind=kind,
                text_version=text_version,
                given_at=now,
                given_through=by.audit_name,
                withdrawn_at=now,
            )
        elif last.withdrawn_at is None:
            last.withdrawn_at = now
            last.save(update_fields=["withdrawn_at"])
        doing.about, doing.data = last, {"kind": kind.value}
    return last


def has_consent(worker_id: int, kind: ConsentKind) -> bool:
    """Whether a consent of the kind stands."""
    return Consent.objects.filter(worker=worker_id, kind=kind, withdrawn_at__isnull=True).exists()
