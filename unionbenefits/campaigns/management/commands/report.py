"""Figures of a campaign by union, enterprise and occupation, and the sentence for the press."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from unionbenefits.campaigns.queries import Figure, Report, campaign_named, report
from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.money import show


class Command(ContractCommand):
    """`report CAMPAIGN [--json]`."""

    help = "Figures of a campaign; issued gifts only, unions for tests left out."

    def add_arguments(self, parser: CommandParser) -> None:
        """The campaign's code."""
        super().add_arguments(parser)
        parser.add_argument("campaign", metavar="CAMPAIGN", help="Code of the campaign.")

    def answer(self, **options: Any) -> Answer:
        """The document, and the same in lines."""
        found = report(campaign_named(options["campaign"]))
        return Answer(_document(found), _lines(found))


def _document(found: Report) -> dict[str, Any]:
    return {
        "campaign": {"code": found.campaign.code, "name": found.campaign.name},
        "press": {
            "units": found.units,
            "workers": found.workers,
            "amount": str(found.amount),
            "sentence": found.sentence,
            "paragraph": found.paragraph,
        },
        "by_holder": _figures(found.by_holder),
        "by_union": _figures(found.by_union),
        "by_enterprise": _figures(found.by_enterprise),
        "by_occupation": _figures(found.by_occupation),
        "by_day": [
            {"day": day.day.isoformat(), "workers": day.workers, "amount": str(day.amount)}
            for day in found.by_day
        ],
        "left_out": {reason.value: lines for reason, lines in found.left_out.items()},
    }


def _figures(figures: tuple[Figure, ...]) -> list[dict[str, Any]]:
    return [
        {"key": one.key, "label": one.label, "workers": one.workers, "amount": str(one.amount)}
        for one in figures
    ]


def _lines(found: Report) -> list[str]:
    lines = [found.paragraph]
    for heading, figures in (
        (_("By unit that took the places"), found.by_holder),
        (_("By union"), found.by_union),
        (_("By enterprise"), found.by_enterprise),
        (_("By occupation"), found.by_occupation),
    ):
        lines += ["", heading]
        lines += [f"  {one.label}: {one.workers:,} – {show(one.amount)}" for one in figures]
    if found.left_out:
        lines += ["", _("Left out")]
        lines += [f"  {reason.label}: {count:,}" for reason, count in found.left_out.items()]
    return lines
