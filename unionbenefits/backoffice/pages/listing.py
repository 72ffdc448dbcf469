"""Filters with counts, and the steps of a job: plain data for `parts/tabs.html` and `parts/steps.html`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Tab:
    """One filter: its text, how many rows it shows, and where it leads."""

    code: str
    text: Text
    count: int
    href: str
    is_current: bool
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a job."""

    text: Text
    is_done: bool
    is_now: bool


def tabs(
    choices: Iterable[tuple[str, Text]],
    counts: Mapping[str, int],
    *,
    chosen: str,
    name: str = "state",
    everything: Text = "",
    tones: Mapping[str, str] | None = None,
    keep: Mapping[str, str] | None = None,
) -> list[Tab]:
    """A tab per choice that has rows (or is chosen), led by one for all rows where `everything` names it.

    `keep` are the other filters in force, which every tab's address carries on.
    """
    kept = dict(keep or {})
    drawn = []
    if everything:
        whole = "?" + urlencode(kept) if kept else "?"
        drawn.append(Tab("", everything, sum(counts.values()), whole, not chosen))
    for code, text in choices:
        if counts.get(code) or code == chosen:
            address = "?" + urlencode({**kept, name: code})
            tone = (tones or {}).get(code, "plain")
            drawn.append(Tab(code, text, counts.get(code, 0), address, code == chosen, tone))
    return drawn


def tally(queryset: "QuerySet[Any]", field: str) -> dict[str, int]:
    """Rows by the values of `field`. One query."""
    return dict(queryset.order_by().values_list(field).annotate(rows=Count("pk")))


def steps(texts: Sequence[Text], now: int) -> list[Step]:
    """The steps of a job that stands at step `now` (from 0); `len(texts)` when all are done."""
    return [Step(text, at < now, at == now) for at, text in enumerate(texts)]
