"""The versions of a claim as people read them: who changed what, from what to what (invariant 6)."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.models import Entry
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import Claim, ClaimVersion
from unionbenefits.claims.texts import AMOUNTS, LABELS
from unionbenefits.core.masking import mask_account, mask_document
from unionbenefits.core.money import show

WHY: dict[str, str | Promise] = {
    "filed": _("Filed"),
    "worker_changed": _("Changed by the worker"),
    "paper_added": _("Paper added"),
    "paper_replaced": _("Paper replaced"),
    "paper_removed": _("Paper taken out"),
    "officer_corrected": _("Corrected by an officer"),
    "reopened": _("Opened again"),
    "appeal_granted": _("Appeal granted"),
}
# Versions whose reason stands in the log; the verb that wrote it.
_REASONED = {"officer_corrected": "claim.correct", "reopened": "claim.reopen"}
_FACTS = ("hospital", "admitted", "discharged", "settled", *AMOUNTS)
_SEALED = ("invoice_no", "payee_name", "account", "bank_name", "other_holder_reason")


@dataclass(frozen=True, slots=True)
class Change:
    """One field, or the papers, from what to what; account and invoice masked."""

    name: str
    label: str | Promise
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version: what changed against the one before; `reason` is the officer's."""

    number: int
    why: str | Promise
    made_by: str
    made_at: dt.datetime
    changes: tuple[Change, ...]
    reason: str

    @property
    def by_worker(self) -> bool:
        """Whether the worker made it."""
        return self.made_by.startswith("worker:")

    @property
    def officer(self) -> str:
        """The sign-in name of the officer who made it."""
        return self.made_by.partition(":")[2]


def versions_of(claim: Claim) -> list[Version]:
    """All versions, the newest first. One query, and one more where an officer gave reasons."""
    kept = list(claim.versions.order_by("version"))
    reasons = _reasons(claim, kept)
    found = []
    for before, now in zip([None, *kept], kept, strict=False):
        changes = () if before is None else tuple(_changes(before, now))
        why = WHY.get(now.why, now.why)
        found.append(
            Version(now.version, why, now.made_by, now.made_at, changes, reasons.get(now.version, ""))
        )
    return found[::-1]


def shown(name: str, value: Any) -> str:
    """A field's value for people: amounts with two places, account and invoice masked, a dash for nothing."""
    if value in (None, ""):
        return "–"
    if name in AMOUNTS:
        return show(Decimal(value))
    if name == "account":
        return mask_account(value)
    return mask_document(value) if name == "invoice_no" else str(value)


def _changes(before: ClaimVersion, now: ClaimVersion) -> Iterable[Change]:
    old, new = before.facts, now.facts
    old_sealed, new_sealed = json.loads(before.sealed), json.loads(now.sealed)
    for name in (*_FACTS, *_SEALED):
        is_sealed = name in _SEALED
        was, is_ = (one.get(name) for one in ((old_sealed, new_sealed) if is_sealed else (old, new)))
        if (was or "") != (is_ or ""):
            yield Change(name, LABELS[name], shown(name, was), shown(name, is_))
    yield from _paper_changes(old.get("papers", []), new.get("papers", []))


def _paper_changes(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterable[Change]:
    """Papers by kind that went and came; a replaced one is both."""
    before, now = ({one["paper"]: one["kind"] for one in papers} for papers in (old, new))
    gone = [PaperKind(before[key]) for key in before.keys() - now.keys()]
    come = [PaperKind(now[key]) for key in now.keys() - before.keys()]
    for kind in sorted({*gone, *come}):
        was, is_ = gone.count(kind), come.count(kind)
        yield Change("papers", kind.label, f"−{was}" if was else "–", f"+{is_}" if is_ else "–")


def _reasons(claim: Claim, kept: list[ClaimVersion]) -> dict[int, str]:
    """The officer's reasons by version: the n-th act of a verb made the n-th version with its mark."""
    marked = {why: [one.version for one in kept if one.why == why] for why in _REASONED}
    if not any(marked.values()):
        return {}
    entries = Entry.objects.filter(
        object_type=Claim._meta.label_lower, object_id=str(claim.pk), action__in=_REASONED.values()
    ).order_by("pk")
    said = list(entries.values_list("action", "data"))
    reasons: dict[int, str] = {}
    for why, action in _REASONED.items():
        given = [data.get("reason", "") for verb, data in said if verb == action]
        reasons |= dict(zip(marked[why], given, strict=False))
    return reasons
