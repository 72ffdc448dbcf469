"""Papers: taken in, replaced with the old one kept, taken out, and looked at with a log entry."""

import hashlib

from django.utils.translation import gettext as _

from unionbenefits.access.queries import role_for
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.actions.common import changed, expect_consent, expect_state, lock
from unionbenefits.claims.enums import OPEN, ClaimState, PaperKind
from unionbenefits.claims.models import Claim, Paper, PaperFile
from unionbenefits.claims.pictures import Kept, kept
from unionbenefits.claims.queries import current_papers
from unionbenefits.claims.scanning import scan
from unionbenefits.core import clock
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.errors import NotFound, Refusal

MAX_PAPERS = 30
LABEL = "claims.paperfile.sealed"
_TAKES_PAPERS = (
    ClaimState.DRAFT,
    ClaimState.FILED,
    ClaimState.ASKED,
    ClaimState.DECIDED,
    ClaimState.REVIEWED,
)


def add_paper(*, by: Actor, claim: Claim, kind: PaperKind, content: bytes) -> Paper:
    """Takes a photo or PDF in, told by its content, upright and without place or camera; sealed at rest.

    The same bytes again give the paper that is there already. After filing, a new paper is a new version of
    the claim. Raises Refusal `paper_empty`, `paper_too_large`, `paper_type`, `paper_unreadable`,
    `paper_infected`, `paper_too_many` or `claim_state`.
    """
    ready, sha = _ready(content)
    with act("claim.add_paper", by=by) as doing:
        claim = lock(claim)
        expect_state(claim, *_TAKES_PAPERS)
        there = current_papers(claim).filter(sha256=sha, kind=kind).first()
        if there is not None:
            doing.about, doing.data = claim, {"paper": there.pk, "new": False}
            return there
        if current_papers(claim).count() >= MAX_PAPERS:
            raise Refusal(
                "paper_too_many",
                _("A claim takes %(limit)s papers at most. Take out what is not needed.")
                % {"limit": MAX_PAPERS},
            )
        paper = _keep(by, claim, kind, ready, sha)
        changed(claim, by, "paper_added")
        doing.about, doing.data = claim, {"paper": paper.pk, "kind": str(kind)}
    return paper


def replace_paper(*, by: Actor, paper: Paper, content: bytes) -> Paper:
    """A better photo of the same paper; the old one is kept and voids what was decided (case C114).

    Raises as `add_paper`, and `paper_replaced` for one that is no longer current.
    """
    ready, sha = _ready(content)
    with act("claim.replace_paper", by=by) as doing:
        claim = lock(paper.claim)
        expect_state(claim, *_TAKES_PAPERS)
        old = _current(claim, paper)
        new = _keep(by, claim, PaperKind(old.kind), ready, sha)
        old.replaced_by = new
        old.save(update_fields=["replaced_by"])
        changed(claim, by, "paper_replaced")
        doing.about, doing.data = claim, {"paper": new.pk, "replaces": old.pk}
    return new


def remove_paper(*, by: Actor, paper: Paper) -> None:
    """Takes a paper out; its bytes are kept. Raises Refusal `paper_replaced` or `claim_state`."""
    with act("claim.remove_paper", by=by) as doing:
        claim = lock(paper.claim)
        expect_state(claim, *_TAKES_PAPERS)
        old = _current(claim, paper)
        old.removed_at = clock.now()
        old.save(update_fields=["removed_at"])
        changed(claim, by, "paper_removed")
        doing.about, doing.data = claim, {"paper": old.pk}


def view_paper(*, by: Actor, paper: Paper) -> bytes:
    """A paper's bytes, for whoever may see it; each look is logged. The caller has checked the scope.

    Raises Refusal `consent_withdrawn` for staff while a claim is open and the worker no longer agrees;
    NotFound `paper_gone` once its time of keeping is over or the person was erased: what accounting law
    keeps of them is opened by no screen (workers.erasing).
    """
    with act("claim.view_paper", by=by) as doing:
        doing.about, doing.data = paper, {"claim": paper.claim_id}
        if isinstance(by, User):
            if paper.claim.state in OPEN:
                expect_consent(paper.claim)
            doing.data["role"] = role_for(by, "claims.read_paper") or role_for(by, "claims.file_claim")
            doing.seen = [paper.claim.worker_id]
        file = PaperFile.objects.filter(paper=paper, paper__claim__worker__erasure__isnull=True).first()
        if file is None:
            raise NotFound("paper_gone", _("This paper is no longer kept."))
        sealed = file.sealed
    return keyring().open_bytes(bytes(sealed), LABEL)


def _ready(content: bytes) -> tuple[Kept, str]:
    """Outside any transaction: a large photo takes a second."""
    ready = kept(content)
    scan(content)
    return ready, hashlib.sha256(content).hexdigest()


def _keep(by: Actor, claim: Claim, kind: PaperKind, ready: Kept, sha: str) -> Paper:
    paper = Paper.objects.create(
        claim=claim,
        kind=kind,
        content_type=ready.content_type,
        size=len(ready.content),
        sha256=sha,
        picture_hash=ready.picture_hash,
        added_by=by.audit_name,
        added_at=clock.now(),
    )
    PaperFile.objects.create(paper=paper, sealed=keyring().seal_bytes(ready.content, LABEL))
    return paper


def _current(claim: Claim, paper: Paper) -> Paper:
    found: Paper | None = current_papers(claim).filter(pk=paper.pk).first()
    if found is None:
        raise Refusal("paper_replaced", _("This paper was replaced or taken out already."))
    return found
