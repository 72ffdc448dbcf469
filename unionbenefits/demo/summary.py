"""The demo's answer: aligned lines for people, whatever mixture of letters they hold, or one document."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from unionbenefits.campaigns.enums import LeftOut
from unionbenefits.core.money import show
from unionbenefits.demo.staff import PASSWORD, SignIn
from unionbenefits.demo.totals import Totals, WorkerSignIn
from unionbenefits.demo.units import Industry
from unionbenefits.workers.roster.codes import Code


def width(text: str) -> int:
    """Columns that the text takes in a terminal: wide and full-width characters take two."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def table(rows: Iterable[Sequence[str]], *, numbers: frozenset[int] = frozenset()) -> list[str]:
    """Rows with their columns under each other; the columns in `numbers` are flush right."""
    lines = [tuple(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return [
        "  " + "  ".join(_cell(text, widths[at], at in numbers) for at, text in enumerate(line)).rstrip()
        for line in lines
    ]


def _cell(text: str, columns: int, flush_right: bool) -> str:
    padding = " " * (columns - width(text))
    return padding + text if flush_right else text + padding


def summary(
    totals: Totals, sign_ins: Iterable[SignIn], workers: Iterable[WorkerSignIn], address: str
) -> list[str]:
    """Everything that the demo prints at the end, block by block."""
    blocks = (
        [_("The Nanhai scenario. Every person and enterprise in it is invented.")],
        _gifts(totals),
        _rosters(totals),
        _staff(sign_ins, address),
        _workers(workers, address),
    )
    return [line for block in blocks for line in ("", *block)]


def _gifts(totals: Totals) -> list[str]:
    rows = [
        (_("Enterprise unions"), f"{totals.units:,}", ""),
        (_("Workers gifted"), f"{totals.workers:,}", ""),
        (_("Amount"), show(totals.amount), _("yuan, %(fee)s each") % {"fee": totals.fee}),
        (_("Reserves of 2024"), show(totals.deposited), _("yuan")),
        (_("Reserves left"), show(totals.available), _("yuan")),
        (
            Industry.TRANSPORT.value,
            f"{totals.transport_copies:,}",
            _("copies worth %(amount)s yuan") % {"amount": show(totals.transport_amount)},
        ),
    ]
    return table(rows, numbers=frozenset({1}))


def _rosters(totals: Totals) -> list[str]:
    rows = [
        (_("Roster files"), f"{totals.rosters:,}", ""),
        (_("Rows"), f"{totals.rows:,}", ""),
        (_("Accepted"), f"{totals.accepted:,}", ""),
        *_with_reasons(_("Rejected"), totals.rejected, _sentences(totals.reject_codes)),
        *_with_reasons(_("On hold"), totals.held, _sentences(totals.hold_codes)),
        (_("Repeated within a file"), f"{totals.repeated_in_file:,}", ""),
        (_("Repeated across platforms"), f"{totals.joined:,}", _("one worker, one gift")),
        (_("Workers on file"), f"{totals.people:,}", ""),
        *_with_reasons(
            _("Left out when gifts were issued"),
            sum(totals.left_out.values()),
            {str(LeftOut(code).label): number for code, number in totals.left_out.items()},
        ),
    ]
    return table(rows, numbers=frozenset({1}))


def _with_reasons(label: str, number: int, reasons: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """A line, and beside and below it the three most frequent reasons."""
    said = [f"{count:>4,}  {reason}" for reason, count in list(reasons.items())[:3]] or [""]
    return [(label, f"{number:,}", said[0]), *(("", "", reason) for reason in said[1:])]


class _Ellipsis(dict[str, str]):
    """Fills every placeholder of a sentence that speaks of no row in particular."""

    def __missing__(self, _key: str) -> str:
        return "…"


def _sentences(codes: Mapping[Code, int]) -> dict[str, int]:
    return {str(code.message) % _Ellipsis(): number for code, number in codes.items()}


def _staff(sign_ins: Iterable[SignIn], address: str) -> list[str]:
    heading = _("Staff panel %(address)s – sign-in name, role, place. Password of all: %(password)s")
    rows = [
        (sign_in.username, str(sign_in.role.label), str(sign_in.place), str(sign_in.task))
        for sign_in in sign_ins
    ]
    return [heading % {"address": f"{address}admin/", "password": PASSWORD}, *table(rows)]


def _workers(workers: Iterable[WorkerSignIn], address: str) -> list[str]:
    heading = _("Worker pages %(address)s – document number, phone")
    hint = _("No text message leaves this machine: read the one-time code at the end of %(file)s.")
    rows = [
        (
            worker.person.number,
            worker.person.phone,
            worker.person.name,
            _("covered, certificate %(number)s") % {"number": worker.certificate_no}
            if worker.covered
            else _("not covered"),
        )
        for worker in workers
    ]
    return [heading % {"address": address}, *table(rows), "  " + hint % {"file": settings.SMS_FILE}]


def document(
    totals: Totals, sign_ins: Iterable[SignIn], workers: Iterable[WorkerSignIn], address: str
) -> dict[str, Any]:
    """The same as one JSON document; money as strings with two places."""
    return {
        "totals": {
            **{name: _plain(value) for name, value in asdict(totals).items()},
            "transport_union": Industry.TRANSPORT.value,
        },
        "address": address,
        "sign_ins": [
            {
                "username": sign_in.username,
                "password": PASSWORD,
                "role": sign_in.role.value,
                "place": str(sign_in.place),
            }
            for sign_in in sign_ins
        ],
        "workers": [
            {
                "document": worker.person.number,
                "phone": worker.person.phone,
                "name": worker.person.name,
                "covered": worker.covered,
                "certificate": worker.certificate_no or None,
            }
            for worker in workers
        ],
        "sms_file": str(settings.SMS_FILE),
    }


def _plain(value: Any) -> Any:
    return f"{value:.2f}" if isinstance(value, Decimal) else value
