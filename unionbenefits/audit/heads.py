"""The head of the chain, to keep outside the system: whoever holds one can show later that it still stands.

A person with the keys and the database could rewrite the whole log so that the chain agrees with itself
again. A head on paper in a safe is what such a rewriting cannot reach.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.audit.actions import act, chain_hash, seal
from unionbenefits.audit.actors import Actor
from unionbenefits.audit.models import Seal
from unionbenefits.core import clock, qr
from unionbenefits.core.errors import Refusal
from unionbenefits.core.pdf import template

_WRITTEN: Final = re.compile(r"(\d{1,18})[\s:,/]+((?:[0-9a-fA-F]\s*){64})(?![0-9a-fA-F])")
_PAPER: Final = Path(__file__).parent / "paper" / "head.typ"


@dataclass(frozen=True, slots=True)
class Head:
    """A place in the chain and the hash there."""

    position: int
    hash: str

    @property
    def text(self) -> str:
        """As the QR code holds it, and as `check_integrity --head` reads it."""
        return f"AUDIT1:{self.position}:{self.hash}"

    @property
    def groups(self) -> list[str]:
        """The hash in groups of eight, to compare by eye."""
        return [self.hash[at : at + 8] for at in range(0, len(self.hash), 8)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a kept head still stands: a stable code and a sentence."""

    stands: bool
    code: str
    words: str | Promise

    def text(self, head: Head) -> str:
        """The sentence."""
        return str(self.words) % {"position": head.position}


STANDS = Verdict(
    True,
    "stands",
    gettext_lazy("The head stands: entry %(position)d and everything before it are as they were."),
)
MISSING = Verdict(
    False,
    "head_missing",
    gettext_lazy("The chain is shorter than %(position)d. Entries were removed from its end."),
)
DIFFERS = Verdict(
    False,
    "head_differs",
    gettext_lazy("Position %(position)d has another hash. The log up to there was rewritten."),
)
FORGED = Verdict(
    False,
    "head_forged",
    gettext_lazy("The hash stands at %(position)d, but the entry under it was changed."),
)


def current_head() -> Head | None:
    """The head of everything committed so far; None while nothing is sealed."""
    seal()
    last = Seal.objects.order_by("-position").first()
    return None if last is None else Head(last.position, bytes(last.hash).hex())


def read_head(text: str) -> Head:
    """A kept head as it was scanned or typed. Raises Refusal `head_unreadable`."""
    found = _WRITTEN.search(text.strip())
    if found is None:
        raise Refusal(
            "head_unreadable",
            _("This is no head of the chain. Scan the code, or type the position and all 64 digits."),
        )
    return Head(int(found[1]), "".join(found[2].split()).lower())


def check_head(head: Head) -> Verdict:
    """Whether the head is still on the chain. `chain_faults` proves the links before and after it."""
    found = Seal.objects.select_related("entry").filter(position=head.position).first()
    if found is None:
        return MISSING
    if bytes(found.hash).hex() != head.hash:
        return DIFFERS
    if chain_hash(bytes(found.previous), found.entry).hex() != head.hash:
        return FORGED
    return STANDS


def print_head(*, by: Actor, printed_by: str, address: Callable[[Head], str]) -> tuple[Head, bytes]:
    """The head on one A4 page, always Chinese, logged; `address` is what its QR code opens.

    Raises Refusal `chain_empty`.
    """
    head = current_head()
    if head is None:
        raise Refusal("chain_empty", _("The log is empty: there is no head to print yet."))
    with act("chain.print_head", by=by) as doing:
        doing.data = {"position": head.position, "sha256": head.hash}
    last = Seal.objects.select_related("entry").get(position=head.position).entry.at
    data = {
        "position": head.position,
        "groups": head.groups,
        "entry_at": f"{clock.local(last):%Y-%m-%d %H:%M:%S}",
        "printed_at": f"{clock.local(clock.now()):%Y-%m-%d %H:%M}",
        "printed_by": printed_by,
        "qr": qr.for_paper(address(head)),
        "command": f"manage.py check_integrity --head {head.text}",
    }
    return head, template(_PAPER).render(data, tagged=True)
