"""The report of a day of payments as a workbook: figures, what does not agree, what still waits."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from unionbenefits.audit.actors import Actor
from unionbenefits.claims.reconciling import Day, Figure, Report
from unionbenefits.core import clock, sheets
from unionbenefits.core.sheets import Column, Sheet, Value


def day_workbook(report: Report, *, by: Actor) -> bytes:
    """An xlsx file in the active language. Says on its first sheet who took it and when (payments, 元)."""
    mark = _("Taken by %(who)s on %(when)s") % {
        "who": by.audit_name,
        "when": f"{clock.local(clock.now()):%Y-%m-%d %H:%M}",
    }
    return sheets.xlsx(_sheets(report, mark))


def _sheets(report: Report, mark: str) -> Iterable[Sheet]:
    offices = [(office.name, day) for office, day in report.offices]
    days = [*offices, (_("Sum"), report.total)] if len(offices) != 1 else offices
    head = [Column(str(report.day), 34)]
    for name, _day in days:
        head += [Column(name, 12), Column(_("Amount (元)"), 18)]
    yield Sheet(_("Reconciliation"), head, list(_lines([day for _name, day in days])), mark)
    columns = [Column(_("Claim"), 18), Column(_("Our number"), 18), Column(_("What differs"), 16)]
    columns += [Column(_("Bank (元)"), 16), Column(_("Ledger (元)"), 16)]
    wrong: list[Sequence[Value]] = [
        (one.claim, one.order_no, one.code, one.bank, one.ledger) for one in report.mismatches
    ]
    yield Sheet(_("Differences"), columns, wrong)
    columns = [Column(_("Our number"), 18), Column(_("Batch"), 16), Column(_("Handed over on"), 14)]
    waits: list[Sequence[Value]] = [
        (one.order_no, one.batch.number, one.submitted_on, one.get_state_display(), one.amount)
        for one in report.overdue
    ]
    yield Sheet(_("Still open"), [*columns, Column(_("State"), 16), Column(_("Amount (元)"), 16)], waits)


def _lines(days: Sequence[Day]) -> Iterable[Sequence[Value]]:
    """The figures from top to bottom, two columns for each office."""
    figures = (
        (_("Open when the day began"), [day.opening for day in days]),
        (_("Handed to the bank"), [day.submitted for day in days]),
        (_("Succeeded"), [day.succeeded for day in days]),
        (_("Failed"), [day.failed for day in days]),
        (_("Came back without arriving"), [day.returned_at_once for day in days]),
        (_("Open when the day ended"), [day.closing for day in days]),
        (_("Came back after arriving"), [day.came_back for day in days]),
        (_("Given back by workers"), [day.refunds for day in days]),
    )
    for label, found in figures:
        yield _wide(label, found)
    yield _counts(_("Became unknown"), [day.unknown for day in days])
    yield _counts(_("Lines not understood"), [day.not_understood for day in days])
    yield _counts(_("Ledger entries"), [day.entries for day in days])
    yield _amounts(_("Used in the ledger"), [day.used for day in days])
    yield _amounts(_("Given back in the ledger"), [day.given_back for day in days])
    yield _amounts(_("Difference: used"), [day.used_too_much for day in days])
    yield _amounts(_("Difference: given back"), [day.given_back_too_much for day in days])


def _wide(label: str, figures: Iterable[Figure]) -> list[Value]:
    line: list[Value] = [label]
    for one in figures:
        line += [one.count, one.amount]
    return line


def _counts(label: str, counts: Iterable[int]) -> list[Value]:
    line: list[Value] = [label]
    for count in counts:
        line += [count, None]
    return line


def _amounts(label: str, amounts: Iterable[Decimal]) -> list[Value]:
    line: list[Value] = [label]
    for amount in amounts:
        line += [None, amount]
    return line
