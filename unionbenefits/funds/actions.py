"""Every movement of money (invariant 4).

Funds are locked late and in the order of their keys, recounted, then written. The database checks the same in
its triggers; what they would refuse is refused here first, with a sentence.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO, round_half_up, show
from unionbenefits.funds.enums import MOVEMENTS, EntryKind
from unionbenefits.funds.models import Entry, Fund
from unionbenefits.funds.queries import Outstanding, balances, outstanding, outstanding_many
from unionbenefits.funds.shares import count_out, most_within, split
from unionbenefits.unions.models import Union
from unionbenefits.unions.tree import hold_open


@dataclass
class _Postings:
    """The entries of one act, written one by one under the same reference."""

    by: Actor
    reference: str
    memo: str
    entries: list[Entry] = field(default_factory=list)

    def post(
        self, kind: EntryKind, fund_id: int, amount: Decimal, copies: int = 0, reverses: Entry | None = None
    ) -> Entry:
        """Moves `amount` between the two accounts that `kind` names."""
        entry = self.entry(kind, fund_id, amount, copies, reverses=reverses)
        entry.save(force_insert=True)
        self.entries.append(entry)
        return entry

    def entry(
        self,
        kind: EntryKind,
        fund_id: int,
        amount: Decimal,
        copies: int = 0,
        *,
        reverses: Entry | None = None,
        reference: str = "",
    ) -> Entry:
        """The entry, not yet written."""
        credit, debit = MOVEMENTS[kind]
        return Entry(
            fund_id=fund_id,
            kind=kind,
            credit=credit,
            debit=debit,
            amount=amount,
            copies=copies,
            reference=reference or self.reference,
            reverses=reverses,
            made_by=self.by.audit_name,
            made_at=clock.now(),
            memo=self.memo,
        )

    def summary(self) -> dict[str, object]:
        """For the audit log."""
        return {"reference": self.reference, "entries": {str(e.pk): str(e.amount) for e in self.entries}}


def open_fund(*, by: Actor, name: str, owner: Union, year: int, is_test: bool = False) -> Fund:
    """A new, empty fund of `owner` for one year. Raises Refusal `fund_taken` or `union_closed`."""
    with act("fund.open", by=by) as doing:
        hold_open(owner)
        if Fund.objects.filter(owner=owner, name=name, year=year).exists():
            raise Refusal("fund_taken", _("This union already has a fund of this name for the year."))
        fund = Fund.objects.create(name=name, owner=owner, year=year, is_test=is_test)
        doing.about, doing.data = fund, {"owner": owner.pk, "year": year}
    return fund


def pass_funds(*, by: Actor, owner: Union, to: Union) -> list[Fund]:
    """The funds of `owner` that still hold money pass to another union, with all their entries.

    Nothing is booked: the money is where it was, another union answers for it. None with money = nothing.
    Raises Refusal `fund_taken` where `to` has one of the same name and year, or `union_closed`.
    """
    with transaction.atomic():
        hold_open(to)
        funds = list(Fund.objects.select_for_update(no_key=True).filter(owner=owner).order_by("pk"))
        passing = [
            fund for fund, one in zip(funds, balances(funds), strict=True) if one.available or one.held
        ]
        if not passing:
            return []
        with act("fund.pass", by=by) as doing:
            doing.about = owner
            doing.data = {"from": owner.pk, "to": to.pk, "funds": [fund.pk for fund in passing]}
            for fund in passing:
                if Fund.objects.filter(owner=to, name=fund.name, year=fund.year).exists():
                    raise Refusal("fund_taken", _("This union already has a fund of this name for the year."))
                fund.owner = to
                fund.save(update_fields=["owner"])
    return passing


def deposit(*, by: Actor, fund: Fund, amount: Decimal, memo: str = "") -> Entry:
    """Money comes into the fund. Raises Refusal `amount_not_positive`."""
    _check_amount(amount)
    with act("fund.deposit", by=by) as doing:
        postings = _Postings(by, f"fund:{fund.pk}", memo)
        entry = postings.post(EntryKind.DEPOSIT, fund.pk, amount)
        doing.about, doing.data = fund, postings.summary()
    return entry


def hold(
    *,
    by: Actor,
    funds: Sequence[Fund],
    amount: Decimal,
    copies: int,
    reference: str,
    shares: Sequence[Decimal] | None = None,
    room: Callable[[], Mapping[int, Decimal]] | None = None,
    memo: str = "",
) -> list[Entry]:
    """Sets `amount` aside under `reference`, from the first fund as far as it goes, then from the next; with
    `shares`, from each fund its own share, in cents that add up.

    `room` is asked once the funds are locked: how much of a fund (by key) may be used at most besides its
    balance. A copy whose cost two funds share counts with the fund that completes it, so that the copies add
    up. Raises Refusal `fund_short` (details `needed`, `available`) and then holds nothing.
    """
    _check_amount(amount)
    with act("fund.hold", by=by) as doing:
        _lock(fund.pk for fund in funds)
        limits = room() if room else {}
        free = [
            (balance.fund_id, min(balance.available, limits.get(balance.fund_id, balance.available)))
            for balance in balances(funds)
        ]
        most = [most for _fund, most in free]
        available = most_within(most, shares)
        if amount > available:
            raise Refusal(
                "fund_short",
                _("The funds hold %(available)s yuan, but %(needed)s yuan are needed.")
                % {"available": show(available), "needed": show(amount)},
                needed=amount,
                available=available,
            )
        postings = _Postings(by, reference, memo)
        parts = _in_order(amount, most) if shares is None else split(amount, shares)
        for (fund_id, _most), part, counted in zip(free, parts, count_out(copies, parts), strict=True):
            if part > 0:
                postings.post(EntryKind.HOLD, fund_id, part, counted)
        doing.data = postings.summary()
    return postings.entries


def _in_order(amount: Decimal, free: Sequence[Decimal]) -> list[Decimal]:
    """From the first as far as it goes, then from the next."""
    parts, left = [], amount
    for most in free:
        part = max(ZERO, min(most, left))
        parts.append(part)
        left -= part
    return parts


def release(
    *,
    by: Actor,
    reference: str,
    amount: Decimal | None = None,
    copies: int | None = None,
    by_share: bool = False,
    memo: str = "",
) -> list[Entry]:
    """Gives back what is held under `reference`: all of it, or `amount` for `copies`; to the last fund first,
    or to all by their share of it.

    Raises Refusal `held_short` when less is held than shall be given back.
    """
    with act("fund.release", by=by) as doing:
        parts = _locked_outstanding(reference)
        held = sum((part.amount for part in parts), ZERO)
        amount = held if amount is None else amount
        copies = sum(part.copies for part in parts) if copies is None else copies
        if amount > held:
            raise Refusal("held_short", _("Less is held than should be given back."))
        postings, parts = _Postings(by, reference, memo), parts[::-1]
        held_by_fund = [part.amount for part in parts]
        back = split(amount, held_by_fund) if by_share else _in_order(amount, held_by_fund)
        for part, some, counted in zip(parts, back, count_out(copies, back, begun=True), strict=True):
            if some > 0:
                postings.post(EntryKind.RELEASE, part.fund_id, some, counted)
        doing.data = postings.summary()
    return postings.entries


def capture(*, by: Actor, reference: str, memo: str = "") -> list[Entry]:
    """What is still held under `reference` is now used. Nothing held: nothing moves."""
    with act("fund.capture", by=by) as doing:
        postings = _Postings(by, reference, memo)
        for part in _locked_outstanding(reference):
            postings.post(EntryKind.CAPTURE, part.fund_id, part.amount, part.copies)
        doing.data = postings.summary()
    return postings.entries


def capture_many(*, by: Actor, references: Collection[str]) -> list[Entry]:
    """`capture` of thousands of references at once, as a bank's result file brings them."""
    with act("fund.capture_many", by=by) as doing:
        touched = Entry.objects.filter(reference__in=references).order_by()
        _lock(touched.values_list("fund", flat=True).distinct())
        postings = _Postings(by, "", "")
        entries = Entry.objects.bulk_create(
            postings.entry(EntryKind.CAPTURE, part.fund_id, part.amount, part.copies, reference=reference)
            for reference, part in outstanding_many(references)
        )
        total = sum((entry.amount for entry in entries), ZERO)
        doing.data = {"entries": len(entries), "amount": str(total)}
    return entries


def reverse(
    *, by: Actor, entry: Entry, amount: Decimal | None = None, copies: int | None = None, memo: str = ""
) -> Entry:
    """Undoes a capture, wholly or in part: the money is available again, the new entry points at the old.

    Raises Refusal `not_a_capture`, `reverses_too_much` or `amount_not_positive`.
    """
    if entry.kind != EntryKind.CAPTURE:
        raise Refusal("not_a_capture", _("Only money that was used can be reversed."))
    with act("fund.reverse", by=by) as doing:
        _lock([entry.fund_id])
        undone = entry.reversals.aggregate(
            amount=Sum("amount", default=ZERO), copies=Sum("copies", default=0)
        )
        left = entry.amount - undone["amount"]
        amount = left if amount is None else amount
        if not left or amount > left:
            raise Refusal(
                "reverses_too_much",
                _("Only %(left)s yuan of this entry are left to reverse.") % {"left": show(left)},
            )
        _check_amount(amount)
        copies = entry.copies - undone["copies"] if copies is None else copies
        postings = _Postings(by, entry.reference, memo)
        made = postings.post(EntryKind.REVERSAL, entry.fund_id, amount, copies, reverses=entry)
        doing.data = postings.summary()
    return made


def reverse_under(
    *, by: Actor, reference: str, amount: Decimal, copies: int, by_share: bool = False, memo: str = ""
) -> list[Entry]:
    """Undoes `amount` of what was captured under `reference`: of the last fund first, or of all by share.

    Raises Refusal `reverses_too_much` when less was used than shall come back, `amount_not_positive`.
    """
    _check_amount(amount)
    with act("fund.reverse_under", by=by) as doing:
        _lock(Entry.objects.filter(reference=reference).order_by().values_list("fund", flat=True).distinct())
        left = _left_to_reverse(reference)
        standing = [part.amount for part in left]
        total = sum(standing, ZERO)
        if amount > total:
            raise Refusal(
                "reverses_too_much",
                _("Only %(left)s yuan of this entry are left to reverse.") % {"left": show(total)},
            )
        postings = _Postings(by, reference, memo)
        parts = split(amount, standing) if by_share else _in_order(amount, standing)
        for used, part, counted in zip(left, parts, count_out(copies, parts, begun=True), strict=True):
            if part > 0:
                postings.post(EntryKind.REVERSAL, used.entry.fund_id, part, counted, reverses=used.entry)
        doing.data = postings.summary()
    return postings.entries


@dataclass(frozen=True, slots=True)
class _Used:
    """A capture and what of it is not reversed yet."""

    entry: Entry
    amount: Decimal


def _left_to_reverse(reference: str) -> list[_Used]:
    """The captures under the reference that still stand, the last first."""
    captures = Entry.objects.filter(reference=reference, kind=EntryKind.CAPTURE).order_by("-pk")
    undone = captures.annotate(back=Sum("reversals__amount", default=ZERO))
    return [_Used(one, one.amount - one.back) for one in undone if one.amount > one.back]


def _check_amount(amount: Decimal) -> None:
    if amount <= 0 or amount != round_half_up(amount):
        raise Refusal("amount_not_positive", _("Write an amount above zero with at most two decimal places."))


def _lock(fund_ids: Iterable[int]) -> None:
    """Locks the funds in the order of their keys, so that no two acts wait for each other in a ring."""
    list(Fund.objects.select_for_update(no_key=True).filter(pk__in=set(fund_ids)).order_by("pk").values("pk"))


def _locked_outstanding(reference: str) -> list[Outstanding]:
    """Locks the funds that `reference` ever touched and recounts what is held under it."""
    _lock(Entry.objects.filter(reference=reference).order_by().values_list("fund", flat=True).distinct())
    return outstanding(reference)
