"""Money: funds and the append-only double-entry ledger (invariant 4)."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import append_only, tracked
from unionbenefits.core.money import MoneyField
from unionbenefits.funds.enums import Account, EntryKind
from unionbenefits.funds.querysets import EntryQuerySet, FundQuerySet
from unionbenefits.unions.models import Union


@tracked
class Fund(models.Model):
    """A source of money (资金), such as the association's reserves of one year or a town's budget.

    Its balance is the sum of its entries, never a column. Changed only through `funds.actions`.
    """

    name = models.CharField(_("name"), max_length=120)
    owner = models.ForeignKey(Union, models.PROTECT, related_name="funds", verbose_name=_("owner"))
    year = models.PositiveSmallIntegerField(_("year"))
    is_test = models.BooleanField(_("for tests"), default=False)

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering: ClassVar = ["-year", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name", "year"], name="fund_once_a_year"),
        ]
        permissions: ClassVar = [("deposit_fund", _("Can pay money into a fund"))]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"


# The lock comes first and the sum after it, so that each of many simultaneous writers sees the one before:
# READ COMMITTED takes a new snapshot per statement. A stricter level would sum what was true before the lock,
# so it is refused. The lock is the weakest that excludes another writer: foreign keys to the fund do not
# wait.
_NEVER_OVERDRAWN = """
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'ledger entries are written under READ COMMITTED'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_isolation';
    END IF;
    PERFORM 1 FROM funds_fund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    IF NEW.reverses_id IS NOT NULL AND NEW.amount > (
        SELECT e.amount - coalesce((SELECT sum(r.amount) FROM funds_entry r WHERE r.reverses_id = e.id), 0)
        FROM funds_entry e WHERE e.id = NEW.reverses_id AND e.fund_id = NEW.fund_id AND e.kind = 'capture'
    ) IS NOT FALSE THEN
        RAISE EXCEPTION 'reverses more than was captured'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_reversal_within_capture';
    END IF;
    IF NEW.credit = 'held' AND NEW.amount > (
        SELECT coalesce(sum(amount) FILTER (WHERE debit = 'held'), 0)
            - coalesce(sum(amount) FILTER (WHERE credit = 'held'), 0)
        FROM funds_entry WHERE fund_id = NEW.fund_id AND reference = NEW.reference
    ) THEN
        RAISE EXCEPTION 'takes more than was held under this reference'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_hold_of_own_reference';
    END IF;
    IF NEW.credit <> 'source' AND NEW.amount > (
        SELECT coalesce(sum(amount) FILTER (WHERE debit = NEW.credit), 0)
            - coalesce(sum(amount) FILTER (WHERE credit = NEW.credit), 0)
        FROM funds_entry WHERE fund_id = NEW.fund_id
    ) THEN
        RAISE EXCEPTION 'fund overdrawn'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_never_overdrawn';
    END IF;
    RETURN NEW;
"""


class Entry(models.Model):
    """A movement of money within one fund (分录), from `credit` to `debit`: both sides agree by construction.

    Never changed or deleted: a mistake is reversed by a new entry that points at the old one.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries", verbose_name=_("fund"))
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices)
    credit = models.CharField(_("from"), max_length=10, choices=Account.choices)
    debit = models.CharField(_("to"), max_length=10, choices=Account.choices)
    amount = MoneyField(_("amount"))
    copies = models.PositiveIntegerField(
        _("copies"), default=0, help_text=_("How many gifts the amount stands for.")
    )
    reference = models.CharField(
        _("reference"), max_length=60, help_text=_("What it was for, such as batch:12.")
    )
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reversals", verbose_name=_("reverses")
    )
    made_by = models.CharField(_("made by"), max_length=150)
    made_at = models.DateTimeField(_("made at"))
    memo = models.CharField(_("memo"), max_length=200, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["reference"], name="entry_reference")]
        constraints: ClassVar = [
            models.CheckConstraint(name="entry_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="entry_moves_between_accounts", condition=~Q(debit=F("credit"))),
            models.CheckConstraint(
                name="entry_accounts_fit_kind",
                condition=Q(kind="deposit", credit="source", debit="available")
                | Q(kind="hold", credit="available", debit="held")
                | Q(kind="release", credit="held", debit="available")
                | Q(kind="capture", credit="held", debit="used")
                | Q(kind="reversal", credit="used", debit="available"),
            ),
            models.CheckConstraint(
                name="entry_reversal_points_at_original",
                condition=Q(kind="reversal", reverses__isnull=False)
                | (~Q(kind="reversal") & Q(reverses__isnull=True)),
            ),
        ]
        triggers: ClassVar = [
            *append_only("ledger_entry"),
            pgtrigger.Trigger(
                name="fund_never_overdrawn",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_NEVER_OVERDRAWN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
