"""Whether a bank's forms can work at all: checked before they are kept, not when a batch is on its way."""

from collections import Counter
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.banking.layouts import Answer, In, Layout, Out
from unionbenefits.core.errors import Refusal

LINES_AT_MOST = 10_000
OUT_LABELS: dict[Out, str | Promise] = {
    Out.SERIAL: _("Line number"),
    Out.ACCOUNT: _("Account"),
    Out.NAME: _("Account holder"),
    Out.BANK: _("Bank"),
    Out.AMOUNT: _("Amount"),
    Out.PURPOSE: _("Purpose"),
    Out.ORDER: _("Our number"),
}
IN_LABELS: dict[In, str | Promise] = {
    In.BATCH: _("Number of the batch"),
    In.ORDER: _("Our number"),
    In.PAID: _("Paid amount"),
    In.STATUS: _("Status"),
    In.DAY: _("Day of payment"),
    In.RECEIPT: _("Receipt number"),
    In.REASON: _("Reason"),
}
ANSWER_LABELS: dict[Answer, str | Promise] = {
    Answer.PAID: _("Paid"),
    Answer.RETURNED: _("Returned"),
    Answer.FAILED: _("Failed"),
    Answer.PENDING: _("Not decided yet"),
}
# Without these a bank cannot pay, and an answer finds no payment (case C124).
NEEDED_OUT = (Out.ACCOUNT, Out.NAME, Out.AMOUNT, Out.ORDER)
NEEDED_IN = (In.ORDER, In.STATUS, In.PAID)
NEEDED_ANSWERS = (Answer.PAID, Answer.FAILED)


def check(layout: Layout) -> None:
    """Raises Refusal `layout_line_limit`, `layout_columns`, `layout_headings` or `layout_words`, with the
    `field` of a profile that it is about, for a form by which a batch could not be paid or answered.
    """
    if not 1 <= layout.line_limit <= LINES_AT_MOST:
        raise Refusal(
            "layout_line_limit",
            _("A file holds between 1 and %(most)s lines.") % {"most": f"{LINES_AT_MOST:,}"},
            field="line_limit",
        )
    for code, field, faults in (
        ("layout_columns", "out_columns", _columns),
        ("layout_headings", "in_headings", _headings),
        ("layout_words", "status_words", _words),
    ):
        fault = next(faults(layout), None)
        if fault is not None:
            raise Refusal(code, fault, field=field)


def _columns(layout: Layout) -> Iterator[str]:
    there = Counter(meaning for meaning, _heading in layout.out_columns)
    for meaning in NEEDED_OUT:
        if meaning not in there:
            yield _("The batch file needs a column for: %(column)s.") % {"column": OUT_LABELS[meaning]}
    for meaning, times in there.items():
        if times > 1:
            yield _("The batch file has two columns for: %(column)s.") % {"column": OUT_LABELS[meaning]}
    headings = Counter(heading for _meaning, heading in layout.out_columns)
    if any(not heading.strip() for heading in headings):
        yield str(_("Every column of the batch file needs a heading."))
    yield from _twice(headings)


def _headings(layout: Layout) -> Iterator[str]:
    for meaning in NEEDED_IN:
        if not layout.in_headings.get(meaning):
            yield _("Say how the result file heads: %(column)s.") % {"column": IN_LABELS[meaning]}
    yield from _twice(Counter(heading for names in layout.in_headings.values() for heading in names))


def _words(layout: Layout) -> Iterator[str]:
    for answer in NEEDED_ANSWERS:
        if answer not in layout.status_words.values():
            yield _("Say by which word the bank means: %(answer)s.") % {"answer": ANSWER_LABELS[answer]}
    if any(not word.strip() for word in layout.status_words):
        yield str(_("A word for an outcome is empty."))


def _twice(headings: Counter[str]) -> Iterator[str]:
    for heading, times in headings.items():
        if times > 1:
            yield _("The heading “%(heading)s” is used twice.") % {"heading": heading}
