"""The papers of a claim on the screen: one at a time, turned and enlarged; each look is logged."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from unionbenefits.backoffice.pages.base import in_scope, page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims import actions
from unionbenefits.claims.letters import print_letter
from unionbenefits.claims.models import Claim, Paper
from unionbenefits.core.answers import as_file, to_show
from unionbenefits.core.errors import NotFound

READ = "claims.read_paper"
# Quarter turns, and how many times as wide as the frame.
TURNS, ZOOMS = (0, 1, 2, 3), (1, 2, 3, 4)
# The browser's own viewer styles itself; nothing else may be loaded or run.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'"
_SHOWN = frozenset({"image/jpeg", "image/png", "application/pdf"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper in the strip under the frame."""

    paper: Paper
    href: str
    is_shown: bool

    @property
    def is_picture(self) -> bool:
        """Whether the frame can show it itself."""
        return self.paper.content_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class View:
    """How the shown paper is turned and enlarged, with links for browsers without scripts."""

    turn: int
    zoom: int
    links: dict[str, str]


def viewer_of(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """The papers in order, the one that the address asks for, and how it is shown.

    Whoever may not read papers learns which there are, not what they show. One query.
    """
    papers = list(in_scope(request, Paper).filter(claim=claim).order_by("pk"))
    current = [paper for paper in papers if paper.replaced_by_id is None and paper.removed_at is None]
    asked = _number(request, "paper")
    shown = next((paper for paper in papers if paper.pk == asked), current[0] if current else None)
    turn = _number(request, "turn") % len(TURNS)
    zoom = min(max(_number(request, "zoom") or 1, ZOOMS[0]), ZOOMS[-1])
    sheets = [Sheet(one, _link(one, 0, 1), shown is not None and one.pk == shown.pk) for one in current]
    old = [
        Sheet(one, _link(one, 0, 1), shown is not None and one.pk == shown.pk)
        for one in papers
        if one not in current
    ]
    return {
        "sheets": sheets,
        "old_sheets": old,
        "paper": shown,
        "paper_is_old": shown is not None and shown not in current,
        "paper_view": None if shown is None else View(turn, zoom, _links(shown, current, turn, zoom)),
        "may_read": request.user.has_perm(READ),
    }


@page("claims.view_claim", READ)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes of one paper of a claim in scope; the look is logged, nothing is kept anywhere."""
    found = get_object_or_404(
        in_scope(request, Paper).exclude(claim__number=None).select_related("claim"), pk=pk
    )
    content = actions.view_paper(by=officer(request), paper=found)
    shows = found.content_type in _SHOWN and "download" not in request.GET
    kind = found.content_type if found.content_type in _SHOWN else "application/octet-stream"
    ending = kind.rpartition("/")[2]
    name = f"{found.claim.number}-{found.kind}-{found.pk}.{ending}"
    return _without_rights(to_show(content, name, kind) if shows else as_file(content, name, kind))


def _without_rights(answer: HttpResponse) -> HttpResponse:
    """The answer may run nothing and tells nobody where it stands."""
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer


def _links(shown: Paper, current: list[Paper], turn: int, zoom: int) -> dict[str, str]:
    at = current.index(shown) if shown in current else 0
    return {
        "left": _link(shown, (turn - 1) % len(TURNS), zoom),
        "right": _link(shown, (turn + 1) % len(TURNS), zoom),
        "larger": _link(shown, turn, min(zoom + 1, ZOOMS[-1])),
        "smaller": _link(shown, turn, max(zoom - 1, ZOOMS[0])),
        "before": _link(current[at - 1], 0, 1) if at > 0 else "",
        "next": _link(current[at + 1], 0, 1) if at + 1 < len(current) else "",
    }


def _link(paper: Paper, turn: int, zoom: int) -> str:
    query: dict[str, int] = {"paper": paper.pk}
    query |= {"turn": turn} if turn else {}
    query |= {"zoom": zoom} if zoom > 1 else {}
    return "?" + urlencode(query) + "#papers"


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@page("claims.view_claim", "claims.view_decision")
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter about the decision that stands, as the worker has it; opens in the browser."""
    claim = get_object_or_404(in_scope(request, Claim).exclude(number=None), pk=pk)
    try:
        name, content = print_letter(by=officer(request), claim=claim)
    except NotFound as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:claim_desk", pk=pk)
    return _without_rights(to_show(content, name))
