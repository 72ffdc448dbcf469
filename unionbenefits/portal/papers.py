"""The papers of a claim as the portal shows them: one place per kind, what is there and what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.actions.papers import MAX_PAPERS
from unionbenefits.claims.enums import ClaimState, PaperKind
from unionbenefits.claims.models import Claim, Paper
from unionbenefits.claims.pictures import MAX_BYTES
from unionbenefits.claims.queries import current_papers, required_papers

_HINTS: dict[PaperKind, str | Promise] = {
    PaperKind.STATEMENT: _("The sheet that shows what the insurance paid (医保结算单). All of its pages."),
    PaperKind.INVOICE: _("The hospital's receipt for the stay (医疗收费票据), printed or electronic."),
    PaperKind.DISCHARGE: _("What the hospital gave you on leaving (出院小结), with dates and diagnosis."),
    PaperKind.BANK_CARD: _("The side with the number. It helps where a digit was mistyped."),
    PaperKind.AUTHORISATION: _(
        "A sheet signed by you: that the money may go to this person's account, with both names and the date."
    ),
    PaperKind.OTHER: _("Whatever else an officer should see, such as the transfer to another hospital."),
}
# What may be added without being asked for.
_WELCOME = (PaperKind.BANK_CARD, PaperKind.OTHER)
_SAID = "papers_said"
CHANGEABLE = (ClaimState.DRAFT, ClaimState.FILED, ClaimState.ASKED)


@dataclass(frozen=True, slots=True)
class Slot:
    """One kind of paper. `needed` papers are asked for; `errors` are sentences about what was just tried."""

    kind: PaperKind
    needed: bool
    papers: list[Paper]
    errors: list[str]

    @property
    def hint(self) -> str:
        """What the paper is, in words that a patient knows."""
        return str(_HINTS[self.kind])

    @property
    def missing(self) -> bool:
        """Whether it is asked for and not there."""
        return self.needed and not self.papers


@dataclass(frozen=True, slots=True)
class Part:
    """What `portal/claims/parts/papers.html` shows."""

    claim: Claim
    slots: list[Slot]
    more: list[Slot]
    changeable: bool
    limit: int = MAX_PAPERS
    megabytes: int = MAX_BYTES // (1024 * 1024)
    kinds: type[PaperKind] = field(default=PaperKind)

    @property
    def missing(self) -> list[PaperKind]:
        """Kinds that are asked for and not there."""
        return [slot.kind for slot in self.slots if slot.missing]

    @property
    def more_open(self) -> bool:
        """Whether something was put, or tried, where papers are welcome but not asked for."""
        return any(slot.papers or slot.errors for slot in self.more)


def papers_part(request: HttpRequest, claim: Claim, asked: Iterable[str] = ()) -> Part:
    """The part for a claim: the papers that the plan requires, and those an officer `asked` for besides.

    Three queries. What was said about the last upload is shown once.
    """
    required = [*required_papers(claim)]
    required += [kind for kind in map(PaperKind, asked) if kind not in required]
    said = request.session.get(_SAID, {})
    errors: dict[str, list[str]] = said.get(str(claim.pk), {})
    if errors:
        request.session[_SAID] = {key: value for key, value in said.items() if key != str(claim.pk)}
    there: dict[str, list[Paper]] = {}
    for paper in current_papers(claim):
        there.setdefault(paper.kind, []).append(paper)

    def slot(kind: PaperKind, needed: bool) -> Slot:
        return Slot(kind, needed, there.get(kind, []), errors.get(kind, []))

    others = [kind for kind in PaperKind if kind not in required and (kind in _WELCOME or kind in there)]
    return Part(
        claim=claim,
        slots=[slot(kind, True) for kind in required],
        more=[slot(kind, False) for kind in others],
        changeable=claim.state in CHANGEABLE,
    )


def say(request: HttpRequest, claim: Claim, kind: str, sentence: str) -> None:
    """Remembers a sentence about an upload of this kind for the next look at the part."""
    said = request.session.get(_SAID, {})
    here = said.setdefault(str(claim.pk), {}).setdefault(kind, [])
    if sentence not in here:
        here.append(sentence)
    request.session[_SAID] = said
