"""“My data”: what is kept, from whom it came, who looked, what one agreed to; and a copy of all of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from unionbenefits.audit.actions import act
from unionbenefits.core.answers import as_file
from unionbenefits.portal import own_data
from unionbenefits.portal.own import signed_in
from unionbenefits.portal.own_copy import make_copy
from unionbenefits.workers.data_requests import ANSWER_WITHIN_DAYS
from unionbenefits.workers.models import Worker


@signed_in
def my_data(request: HttpRequest, worker: Any) -> HttpResponse:
    """The page, with values masked; asked for by the button, in full this once, and that is logged."""
    full = request.method == "POST"
    if full:
        _log_own_look(worker)
    # The session loads no more than a page greets with.
    worker.refresh_from_db()
    memberships = own_data.memberships_of(worker)
    context = {
        "full": full,
        "facts": own_data.facts_of(worker, full=full),
        "memberships": memberships,
        "sources": own_data.sources_of(worker, memberships),
        "looks": own_data.looks_of(worker),
        "agreements": own_data.agreements_of(worker),
        "requests": list(worker.data_requests.all()[:10]),
        "answer_days": ANSWER_WITHIN_DAYS,
    }
    return render(request, "portal/my_data/page.html", context)


@require_POST
@signed_in
def copy(_request: HttpRequest, worker: Any) -> HttpResponse:
    """Everything, as one file that is kept nowhere."""
    name, content = make_copy(worker)
    return as_file(content, name, "application/zip")


def _log_own_look(worker: Worker) -> None:
    with act("portal.show_own", by=worker) as doing:
        doing.about = worker
