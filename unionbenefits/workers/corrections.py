"""Putting a person's name or document number right, as an officer decides it (PIPL art. 46)."""

from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.documents import DocumentProblem, read_document, tidy_number
from unionbenefits.workers.enums import DocumentKind
from unionbenefits.workers.models import IdentityDocument, Worker
from unionbenefits.workers.names import clean_name, name_key
from unionbenefits.workers.querysets import number_digest

_LONGEST_NAME: Final = 100


def correct_name(*, by: Actor, worker: Worker, name: str) -> Worker:
    """The name as on the document. Raises Refusal `name_invalid`."""
    read = clean_name(name)
    if not read.name or read.problem is not None or len(read.name) > _LONGEST_NAME:
        raise Refusal("name_invalid", _("Write the name as on the document, and nothing else."))
    with act("worker.correct_name", by=by) as doing:
        locked: Worker = Worker.objects.select_for_update(no_key=True).get(pk=worker.pk)
        locked.name, locked.name_key = read.name, name_key(read.name)
        locked.save(update_fields=["name", "name_key"])
        doing.about = locked
    return locked


def correct_number(*, by: Actor, document: IdentityDocument, number: str) -> IdentityDocument:
    """Another number in place of a wrong one: the old one retires and is free for whoever it belongs to.

    Birth date and sex follow where the number says them. Raises Refusal `number_invalid`, `number_same` or
    `number_taken`, which never says by whom (invariant 9).
    """
    kind = DocumentKind(document.kind)
    read = read_document(tidy_number(number).number, kind, clock.today())
    if read.problem == DocumentProblem.KIND_MISMATCH:
        read = read_document(read.number, None, clock.today())
    if read.problem is not None or read.kind is None:
        raise Refusal(
            "number_invalid",
            _("This number has a typing error. Compare it with the document, digit by digit."),
        )
    digest = number_digest(read.number)
    if bytes(document.number_digest) == digest:
        raise Refusal("number_same", _("This number is on file already. There is nothing to change."))
    with act("worker.correct_number", by=by) as doing:
        worker: Worker = Worker.objects.select_for_update(no_key=True).get(pk=document.worker_id)
        IdentityDocument.objects.filter(pk=document.pk).update(retired_at=clock.now())
        try:
            with transaction.atomic():
                made: IdentityDocument = IdentityDocument.objects.create(
                    worker=worker,
                    kind=read.kind,
                    issuer=document.issuer if read.kind == kind else "",
                    number=read.number,
                    number_digest=digest,
                )
        except IntegrityError:
            raise Refusal(
                "number_taken",
                _("This number belongs to another person on file. The two have to be told apart first."),
            )
        if read.birth is not None:
            worker.birth_date, worker.sex = read.birth, read.sex or worker.sex
            worker.save(update_fields=["birth_date", "sex"])
        doing.about, doing.data = worker, {"retired": document.pk, "document": made.pk}
    return made
