"""The figures of a campaign as a workbook: a sheet of totals and one for every breakdown."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from unionbenefits.audit.actors import Actor
from unionbenefits.campaigns.queries import Figure, Report
from unionbenefits.core import clock, sheets

Line = Sequence[str | int | Decimal]


def figures_workbook(report: Report, *, by: Actor) -> bytes:
    """An xlsx file in the active language. Says on its first sheet who took it and when (元, workers)."""
    return sheets.xlsx(
        sheets.Sheet(
            title, [sheets.Column(str(text), 44 if at == 0 else 16) for at, text in enumerate(head)], lines
        )
        for title, head, lines in _sheets(report, by)
    )


def _sheets(report: Report, by: Actor) -> Iterable[tuple[str, Line, list[Line]]]:
    columns = (_("Workers"), _("Amount (元)"))
    yield _("Totals"), (report.campaign.name, ""), _totals(report, by)
    for title, figures in (
        (_("By unit that took the places"), report.by_holder),
        (_("By union"), report.by_union),
        (_("By enterprise"), report.by_enterprise),
        (_("By occupation"), report.by_occupation),
    ):
        yield title[:31], (_("Unit or occupation"), *columns), _lines(figures)
    days: list[Line] = [(day.day.isoformat(), day.workers, day.amount) for day in report.by_day]
    yield _("By day"), (_("Day"), *columns), days
    yield (
        _("Left out"),
        (_("Reason"), _("Workers")),
        [(str(reason.label), count) for reason, count in report.left_out.items()],
    )


def _totals(report: Report, by: Actor) -> list[Line]:
    return [
        (_("Unions"), report.units),
        (_("Workers"), report.workers),
        (_("Amount (元)"), report.amount),
        (_("For the press"), report.paragraph),
        (_("As of"), clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")),
        (_("Taken by"), by.audit_name),
    ]


def _lines(figures: Sequence[Figure]) -> list[Line]:
    largest = sorted(figures, key=lambda figure: (-figure.workers, figure.label))
    return [(figure.label, figure.workers, figure.amount) for figure in largest]
