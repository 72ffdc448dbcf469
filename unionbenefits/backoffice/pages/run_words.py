"""What a long step on a batch is called on its pages, how far it is, and who may stop it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from unionbenefits.campaigns.actions.long_runs import DRAFT, FORWARD, ISSUE, NEEDS, OPEN, REFRESH, UNDO
from unionbenefits.campaigns.models import BatchRun


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one step: while it goes on, and after it was stopped or failed."""

    doing: Any
    so_far: Any
    stopped: Any
    again: Any
    failed: Any


WORDS = {
    DRAFT: Words(
        _("Making the draft"),
        _("%(done)s of %(total)s people judged. The draft stands at the end, or nothing of it."),
        _("The making of the draft was stopped"),
        _("Nothing of it stayed. You can make it again."),
        _("The draft could not be made"),
    ),
    REFRESH: Words(
        _("Judging again"),
        _("%(done)s of %(total)s people judged. The draft changes at the end, or not at all."),
        _("Judging again was stopped"),
        _("The draft is as it was before."),
        _("Judging again failed"),
    ),
    FORWARD: Words(
        _("Putting forward"),
        _(
            "%(done)s of %(total)s people judged and written down. "
            "Their places and the money are held at the end, or nothing is."
        ),
        _("Putting forward was stopped"),
        _("Nothing of it stayed. It can be put forward again."),
        _("It could not be put forward"),
    ),
    ISSUE: Words(
        _("Issuing"),
        _("%(done)s of %(total)s workers covered. All become valid together at the end, or none."),
        _("The last issue was stopped"),
        _("Nothing of it stayed. You can issue the batch again."),
        _("The last issue failed"),
    ),
    UNDO: Words(
        _("Undoing"),
        _("%(done)s of %(total)s covers ended. All are undone together at the end, or none."),
        _("The undo was stopped"),
        _("Nothing of it stayed. It can be confirmed again."),
        _("The undo failed"),
    ),
}


def goes_on(run: BatchRun | None) -> bool:
    """Whether the run waits or works."""
    return run is not None and run.state in OPEN


def may_stop(request: HttpRequest, run: BatchRun) -> bool:
    """Whoever may do a step may also stop it."""
    return request.user.has_perm(NEEDS[run.step])


def about(request: HttpRequest, run: BatchRun) -> dict[str, Any]:
    """What `parts/batch_run.html` shows of a run, by the addresses of its batch or of the places."""
    words = WORDS[run.step]
    if run.allotment_id is None:
        progress, stop, pk = "admin:batch_progress", "admin:batch_stop", run.batch_id
    else:
        progress, stop, pk = "admin:making_progress", "admin:making_stop", run.allotment_id
    return {
        "run": run,
        "words": words,
        "so_far": words.so_far % {"done": f"{run.done:,}", "total": f"{run.total:,}"},
        "goes_on": goes_on(run),
        "may_stop": may_stop(request, run),
        "progress_url": reverse(progress, args=[pk]),
        "stop_url": reverse(stop, args=[pk]),
    }
