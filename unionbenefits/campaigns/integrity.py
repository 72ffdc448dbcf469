"""Proving that money, places, gifts, covers and the audit log agree, from the rows themselves."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.actions import head_position, seal
from unionbenefits.audit.queries import chain_faults, unsealed_count
from unionbenefits.campaigns.judging import SQL
from unionbenefits.core import sql
from unionbenefits.core.faults import Fault

_WORDS: dict[str, Promise] = {
    "document_shared": _("Workers %(about)s hold the same live document (invariant 1)."),
    "coverage_overlap": _("Worker %(about)s is covered twice on one day under one plan (invariant 2)."),
    "gift_twice": _("Campaign and worker %(about)s: more than one gift (invariant 3)."),
    "fund_overdrawn": _("Fund and account %(about)s: below zero (invariant 4)."),
    "fund_unbalanced": _("Fund %(about)s: debits and credits differ (invariant 4)."),
    "reversal_too_large": _("Ledger entry %(about)s: more was reversed than was booked."),
    "hold_negative": _("Fund and reference %(about)s: more was taken than held."),
    "allotment_exceeded": _("Allotment %(about)s: more places taken than given (invariant 4)."),
    "batch_not_backed": _("Issued batch %(about)s: the money used does not equal its gifts."),
    "batch_not_held": _("Open batch %(about)s: the money held does not equal its lines."),
    "batch_still_holds": _("Returned batch %(about)s still has money or live lines."),
    "batch_totals": _("Open batch %(about)s: its totals do not equal its lines."),
    "batch_draft_moves_money": _("Draft batch %(about)s already holds places or money."),
    "batch_undone_totals": _("Batch %(about)s: what was undone does not equal its undo records."),
    "undone_money": _("Batch %(about)s: the money that came back does not equal what was undone."),
    "undone_but_covered": _("Gift %(about)s was undone, but its cover goes on."),
    "undo_confirmed_by_proposer": _("Undo %(about)s was confirmed by whoever proposed it (invariant 7)."),
    "fund_limit_exceeded": _("Campaign and fund %(about)s: more was used than its limit (invariant 4)."),
    "shares_not_whole": _("Campaign %(about)s: the shares of its funds do not make 100 per cent."),
    "fund_not_of_campaign": _("Campaign and fund %(about)s: the fund paid, but is not one of its funds."),
    "allotment_misplaced": _("Allotment %(about)s belongs to another campaign than the one above it."),
    "copies_not_counted": _("Batch %(about)s: the copies in its ledger entries do not equal its gifts."),
    "batch_lines_changed": _("Batch %(about)s: its lines are not those that were put forward."),
    "entry_without_batch": _("Ledger entry %(about)s names a batch that it is not tied to."),
    "gift_without_coverage": _("Gift %(about)s was issued without a coverage of the same worker."),
    "coverage_given_twice": _("Coverage %(about)s stands behind more than one gift."),
    "gift_of_other_campaign": _("Gift %(about)s belongs to another campaign than its batch or allotment."),
    "approver_is_preparer": _("Batch %(about)s was approved by whoever put it forward (invariant 7)."),
    "certificate_wrong": _("Coverage %(about)s: the check digits of its certificate number are wrong."),
    "audit_chain": _("Audit log, %(about)s (invariant 10)."),
    "audit_unsealed": _("%(about)s audit entries could not be sealed (invariant 10)."),
}


@dataclass(frozen=True, slots=True)
class Examination:
    """What was looked at, and what is wrong."""

    faults: tuple[Fault, ...]
    audit_entries: int


def examine(limit: int = 100) -> Examination:
    """Looks at everything; seals the audit log first, so that its end counts too. Up to `limit` faults."""
    seal()
    found = [_fault(row["code"], row["about"]) for row in sql.rows(SQL, "integrity", {"limit": limit})]
    found += _changed_lines()
    found += [_fault("audit_chain", text) for text in chain_faults(limit)]
    unsealed = unsealed_count()
    if unsealed:
        found.append(_fault("audit_unsealed", str(unsealed)))
    return Examination(tuple(found[:limit]), head_position())


def _fault(code: str, about: str) -> Fault:
    return Fault(code, about, _WORDS[code])


def _changed_lines() -> list[Fault]:
    """Batches on their way whose lines no longer match the digest that was put forward."""
    waiting = sql.rows(SQL, "lines_digest", {"batch": None})
    return [
        _fault("batch_lines_changed", str(row["id"])) for row in waiting if row["digest"] != row["stored"]
    ]
