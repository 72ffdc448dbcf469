"""Signing a worker in: ties the codes of `accounts` to the people of `workers`."""

import uuid

from unionbenefits.accounts.actions import CodeOver, request_code, verify_code
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.workers.models import Worker
from unionbenefits.workers.queries import worker_signed_in, worker_who_signs_in
from unionbenefits.workers.querysets import number_digest, phone_digest


def ask_for_code(*, document: str, phone: str, address: str, by: Actor) -> uuid.UUID:
    """Queues a code for the worker to whom both the document and the phone belong; returns the attempt.

    For everybody else the same happens, except that no message goes out. Raises TooMany.
    """
    worker_id = worker_who_signs_in(document_digest=number_digest(document), phone_digest=phone_digest(phone))
    return request_code(
        subject="" if worker_id is None else str(worker_id),
        document=document,
        phone=phone,
        address=address,
        by=by,
    )


def sign_in(*, token: uuid.UUID, code: str, by: Actor) -> Worker:
    """Uses up the code and returns the worker, who is still the holder of that document and phone.

    Raises Refusal `code_wrong`, `code_burnt`, `code_over` (see `accounts.actions.verify_code`); also
    `code_over` where the document or the phone was taken off the person's file since the code was asked for
    (case C142).
    """
    proof = verify_code(token=token, code=code, by=by)
    worker_id = worker_who_signs_in(document_digest=proof.document_digest, phone_digest=proof.phone_digest)
    worker = None
    if worker_id is not None and str(worker_id) == proof.subject:
        worker = worker_signed_in(worker_id=worker_id, phone_digest=proof.phone_digest)
    if worker is None:
        raise CodeOver
    with act("portal.sign_in", by=worker) as doing:
        doing.about = worker
    return worker
