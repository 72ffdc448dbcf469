"""What workers ask about their data, and what officers decide: put right or erased (PIPL arts. 46-50)."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _, override

from unionbenefits.accounts.actions import queue_message
from unionbenefits.accounts.enums import SmsKind
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.corrections import correct_name, correct_number
from unionbenefits.workers.enums import MessageKind, RequestField, RequestKind, RequestState
from unionbenefits.workers.erasing import erase
from unionbenefits.workers.messages import Told, tell
from unionbenefits.workers.models import DataRequest, IdentityDocument, Worker

# Nobody may wait longer for an answer (our own promise; the law says "in time", PIPL arts. 46-50).
ANSWER_WITHIN_DAYS: Final = 15
LONGEST_WORDS: Final = 500
_TOLD_WITHIN = dt.timedelta(days=3)


def ask_correction(
    *, by: Actor, worker: Worker, field: RequestField, wanted: str, words: str = ""
) -> DataRequest:
    """The worker says what is wrong and what it should be; asked again while open = the newer words.

    Raises Refusal `request_empty`.
    """
    if not wanted.strip():
        raise Refusal("request_empty", _("Write what it should be."))
    asked = {"kind": RequestKind.CORRECTION.value, "field": field.value}
    return _ask(by, worker, asked, {"wanted": wanted.strip(), "words": _said(words)})


def ask_erasure(*, by: Actor, worker: Worker, words: str = "") -> DataRequest:
    """The worker asks for everything to be erased; an officer decides."""
    asked = {"kind": RequestKind.ERASURE.value, "field": ""}
    return _ask(by, worker, asked, {"wanted": None, "words": _said(words)})


def take_back(*, by: Actor, request: DataRequest) -> DataRequest:
    """The worker no longer wants it; taken back already = nothing. Raises Refusal `request_decided`."""
    with act("data_request.take_back", by=by) as doing:
        locked = _locked(request)
        doing.about = locked
        if locked.state == RequestState.TAKEN_BACK:
            return locked
        _expect_open(locked)
        locked.state = RequestState.TAKEN_BACK
        locked.save(update_fields=["state"])
    return locked


def refuse_request(*, by: User, request: DataRequest, answer: str) -> DataRequest:
    """Nothing is changed, and the worker reads why. Raises Refusal `reason_missing` or `request_decided`."""
    with act("data_request.refuse", by=by) as doing:
        locked = _close(by, request, RequestState.REFUSED, answer)
        _tell(locked)
        doing.about = locked
    return locked


def grant_correction(
    *,
    by: User,
    request: DataRequest,
    answer: str,
    value: str = "",
    document: IdentityDocument | None = None,
) -> DataRequest:
    """Puts it right as the officer has seen it on the document: `value` is what goes on file.

    A number takes the place of that on `document`. Where something else was asked, `answer` says what was
    done. Raises Refusal `reason_missing`, `request_decided`, `document_missing`, and those of
    `workers.corrections`.
    """
    with act("data_request.grant", by=by) as doing:
        locked = _close(by, request, RequestState.GRANTED, answer)
        if locked.field == RequestField.NAME:
            correct_name(by=by, worker=locked.worker, name=value)
        elif locked.field == RequestField.NUMBER:
            if document is None or document.worker_id != locked.worker_id:
                raise Refusal("document_missing", _("Choose the document whose number is wrong."))
            correct_number(by=by, document=document, number=value)
        _tell(locked)
        doing.about, doing.data = locked, {"field": locked.field}
    return locked


def grant_erasure(*, by: User, request: DataRequest, answer: str) -> DataRequest:
    """Erases the person at once; the phone that is about to be forgotten is told.

    Raises Refusal `reason_missing`, `request_decided`, and `erasure_held` with what stands in the way.
    """
    with act("data_request.grant", by=by) as doing:
        locked = _close(by, request, RequestState.GRANTED, answer)
        phone = locked.worker.phone
        erase(
            by=by,
            worker=locked.worker,
            reason=_("Asked for by the person, request %(number)s") % {"number": locked.pk},
        )
        if phone:
            _say_goodbye(by, phone)
        doing.about = locked
    return locked


def _ask(by: Actor, worker: Worker, asked: dict[str, str], told: dict[str, str | None]) -> DataRequest:
    with act("data_request.ask", by=by) as doing:
        Worker.objects.select_for_update(no_key=True).get(pk=worker.pk)
        request, made = DataRequest.objects.get_or_create(
            worker=worker, state=RequestState.OPEN, **asked, defaults=told | {"asked_at": clock.now()}
        )
        if not made:
            request.wanted, request.words = told["wanted"], told["words"]
            request.save(update_fields=["wanted", "words"])
        doing.about, doing.data = request, asked | {"again": not made}
    return request


def _said(words: str) -> str | None:
    return words.strip()[:LONGEST_WORDS] or None


def _locked(request: DataRequest) -> DataRequest:
    found = DataRequest.objects.select_for_update(of=("self",)).select_related("worker")
    locked: DataRequest = found.get(pk=request.pk)
    return locked


def _expect_open(request: DataRequest) -> None:
    if request.state != RequestState.OPEN:
        raise Refusal("request_decided", _("This request was decided or taken back already."))


def _close(by: User, request: DataRequest, state: RequestState, answer: str) -> DataRequest:
    if not answer.strip():
        raise Refusal("reason_missing", _("Write the answer that the worker reads."))
    locked = _locked(request)
    _expect_open(locked)
    locked.state, locked.answer = state, answer.strip()[:500]
    locked.decided_by, locked.decided_at = by, clock.now()
    locked.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    return locked


def _tell(request: DataRequest) -> None:
    tell(kind=MessageKind.REQUEST_DECIDED, to=[Told(request.worker_id, f"request:{request.pk}")])


def _say_goodbye(by: Actor, phone: str) -> None:
    with override(settings.LANGUAGE_CODE):
        text = _("Your data at the union benefits were erased as you asked. You no longer have a page there.")
    queue_message(kind=SmsKind.NOTICE, phone=phone, text=text, by=by, send_until=clock.now() + _TOLD_WITHIN)
