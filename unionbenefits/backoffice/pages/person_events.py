"""What happened to one person, from every register that tells of it: plain events, newest first.

Every source is asked in the reader's scope and only where the reader may open its register: another
enterprise, the union that gave a cover there, or a claim is never told to whoever may not see it
(invariant 9).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.audit.models import Entry
from unionbenefits.backoffice.pages import log_words
from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.campaigns.enums import GiftState
from unionbenefits.campaigns.models import Gift
from unionbenefits.claims.enums import ClaimState
from unionbenefits.claims.models import Claim
from unionbenefits.core import clock
from unionbenefits.core.scope import of_request
from unionbenefits.plans import certificates, periods
from unionbenefits.plans.enums import CoverageStatus
from unionbenefits.plans.models import Coverage
from unionbenefits.unions.models import Union
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.models import Membership, Message, Worker

VIEW_CLAIM = "claims.view_claim"
# What a message of these kinds says is about a claim.
_OF_CLAIMS = frozenset(
    kind for kind in MessageKind if kind.value.startswith(("claim_", "appeal_", "payment_"))
)


class Kind(models.TextChoices):
    """Where an event comes from: the tabs over the timeline."""

    MEMBERSHIP = "membership", gettext_lazy("Memberships")
    COVER = "cover", gettext_lazy("Cover")
    GIFT = "gift", gettext_lazy("Gifts")
    CLAIM = "claim", gettext_lazy("Claims")
    MESSAGE = "message", gettext_lazy("Messages")
    NOTE = "note", gettext_lazy("Corrections and looks")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline. `has_time` where the hour is known, else only the day is."""

    at: dt.datetime
    kind: Kind
    title: str
    text: str = ""
    href: str = ""
    tone: str = "plain"
    has_time: bool = True

    @property
    def icon(self) -> str:
        """A Material Symbols name."""
        return _ICONS[self.kind]


_ICONS = {
    Kind.MEMBERSHIP: "badge",
    Kind.COVER: "health_and_safety",
    Kind.GIFT: "featured_seasonal_and_gifts",
    Kind.CLAIM: "assignment",
    Kind.MESSAGE: "sms",
    Kind.NOTE: "edit_note",
}
Source = Callable[[HttpRequest, Worker, int], Iterable[Event]]


def kinds_for(request: HttpRequest) -> list[Kind]:
    """What whoever asks may read of anybody."""
    return [kind for kind in Kind if request.user.has_perm(_PERMISSIONS[kind])]


def events(request: HttpRequest, worker: Worker, kinds: Iterable[Kind], most: int) -> list[Event]:
    """The newest `most` events of these kinds, one query a kind (cover two, notes two)."""
    found = [event for kind in kinds for event in _SOURCES[kind](request, worker, most)]
    found.sort(key=lambda event: (event.at, event.kind, event.href), reverse=True)
    return found[:most]


def _on(day: dt.date) -> dt.datetime:
    """The day's beginning in Asia/Shanghai, to stand among instants."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=clock.SHANGHAI)


def _register(model: type[models.Model], pk: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def _memberships(request: HttpRequest, worker: Worker, most: int) -> Iterator[Event]:
    rows = in_scope(request, Membership).filter(worker=worker).select_related("enterprise")
    for one in rows.order_by("-pk")[:most]:
        work = " · ".join(filter(None, [one.get_occupation_display(), one.get_work_relation_display()]))
        href, name = _register(Membership, one.pk), {"enterprise": one.enterprise.name}
        if one.joined_on is not None:
            title = _("Joined %(enterprise)s") % name
            yield Event(_on(one.joined_on), Kind.MEMBERSHIP, title, work, href, "good", has_time=False)
        if one.left_on is not None:
            yield Event(
                _on(one.left_on), Kind.MEMBERSHIP, _("Left %(enterprise)s") % name, work, href, has_time=False
            )


def _covers(request: HttpRequest, worker: Worker, most: int) -> Iterator[Event]:
    nameable = Union.objects.get_queryset().nameable(of_request(request))
    rows: Any = in_scope(request, Coverage).filter(worker=worker).select_related("plan_version__plan")
    for one in rows.naming_giver(nameable).order_by("-issued_at")[:most]:
        first, last = periods.first_day(one.period), periods.last_day(one.period)
        giver = one.giver_name or _("another union")
        text = _("%(first)s – %(last)s, given by %(union)s, certificate %(number)s") % {
            "first": first,
            "last": last,
            "union": giver,
            "number": certificates.grouped(one.certificate_no),
        }
        plan = one.plan_version.plan.name
        yield Event(one.issued_at, Kind.COVER, plan, text, _register(Coverage, one.pk), "good")
        if one.status == CoverageStatus.CANCELLED and one.cancelled_from is not None:
            title = _("Cover withdrawn: %(plan)s") % {"plan": plan}
            yield Event(
                _on(one.cancelled_from),
                Kind.COVER,
                title,
                "",
                _register(Coverage, one.pk),
                "bad",
                has_time=False,
            )


def _gifts(request: HttpRequest, worker: Worker, most: int) -> Iterator[Event]:
    rows = in_scope(request, Gift).filter(worker=worker).select_related("campaign", "enterprise", "batch")
    for one in rows.order_by("-pk")[:most]:
        text = " · ".join(filter(None, [one.enterprise.name, f"#{one.batch_id}", one.get_reason_display()]))
        title = f"{one.campaign.name}: {one.get_state_display()}"
        tone = "good" if one.state == GiftState.LIVE else "warn"
        at = one.batch.issued_at or one.batch.prepared_at
        yield Event(at, Kind.GIFT, title, text, _register(Gift, one.pk), tone)


def _claims(request: HttpRequest, worker: Worker, most: int) -> Iterator[Event]:
    rows = in_scope(request, Claim).filed().filter(worker=worker, filed_at__isnull=False)  # type: ignore[attr-defined]
    tones = {ClaimState.APPROVED: "good", ClaimState.REJECTED: "bad"}
    for one in rows.order_by("-filed_at")[:most]:
        title = _("Claim %(number)s: %(state)s") % {"number": one, "state": one.get_state_display()}
        stay = f"{one.hospital} {one.admitted} – {one.discharged}"
        href = reverse("admin:claim_desk", args=[one.pk])
        yield Event(one.filed_at, Kind.CLAIM, title, stay, href, tones.get(one.state, "info"))


def _messages(request: HttpRequest, worker: Worker, most: int) -> Iterator[Event]:
    rows = in_scope(request, Message).filter(worker=worker)
    if not request.user.has_perm(VIEW_CLAIM):
        rows = rows.exclude(kind__in=_OF_CLAIMS)
    for one in rows.order_by("-pk")[:most]:
        read = (
            _("read %(when)s") % {"when": f"{clock.local(one.read_at):%Y-%m-%d %H:%M}"} if one.read_at else ""
        )
        way = _("by text message too") if one.texted_at else ""
        text = " · ".join(filter(None, [way, read or _("not yet read")]))
        yield Event(one.created_at, Kind.MESSAGE, one.get_kind_display(), text)


def _notes(request: HttpRequest, worker: Worker, most: int) -> Iterator[Event]:
    """Acts on the person by staff whom the reader may know; others would tell where else one serves."""
    rows = in_scope(request, Entry).filter(object_type=worker._meta.label_lower, object_id=str(worker.pk))
    newest = list(rows.order_by("-id")[:most])
    known = log_words.people(request, (one.actor for one in newest))
    reads_log = request.user.has_perm("audit.view_entry")
    for one in newest:
        if known.knows(one.actor):
            href = reverse("admin:audit_entry", args=[one.pk]) if reads_log else ""
            yield Event(one.at, Kind.NOTE, log_words.act_words(one.action), known.name(one.actor), href)


_PERMISSIONS = {
    Kind.MEMBERSHIP: "workers.view_membership",
    Kind.COVER: "plans.view_coverage",
    Kind.GIFT: "campaigns.view_gift",
    Kind.CLAIM: VIEW_CLAIM,
    Kind.MESSAGE: "workers.view_worker",
    Kind.NOTE: "workers.view_worker",
}
_SOURCES: dict[Kind, Source] = {
    Kind.MEMBERSHIP: _memberships,
    Kind.COVER: _covers,
    Kind.GIFT: _gifts,
    Kind.CLAIM: _claims,
    Kind.MESSAGE: _messages,
    Kind.NOTE: _notes,
}
