"""Reads about people that span models."""

from unionbenefits.workers.models import IdentityDocument, Worker


def worker_who_signs_in(*, document_digest: bytes, phone_digest: bytes) -> int | None:
    """The key of the one worker to whom both a live document and the phone on file belong, else None.

    A phone alone is nobody: numbers are sold again (case C142). Two workers under one number and phone are a
    fault of the register that an officer must clear, so they are nobody as well.
    """
    found = list(
        IdentityDocument.objects.filter(
            number_digest=document_digest, retired_at__isnull=True, worker__phone_digest=phone_digest
        )
        .order_by()
        .values_list("worker_id", flat=True)
        .distinct()[:2]
    )
    return found[0] if len(found) == 1 else None


def worker_signed_in(*, worker_id: int, phone_digest: bytes) -> Worker | None:
    """The worker of a session, unless the phone that opened it is no longer theirs (case C142)."""
    return Worker.objects.defer("phone").filter(pk=worker_id, phone_digest=phone_digest).first()
