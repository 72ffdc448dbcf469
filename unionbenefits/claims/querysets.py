"""Which claims, decisions and payments an actor sees."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from unionbenefits.claims.enums import OPEN
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.scope import Scope
from unionbenefits.unions.querysets import subtree
from unionbenefits.workers.querysets import serves_in


def invoice_digest(number: str) -> bytes:
    """The blind index of an invoice number, tidied by `texts.tidy_invoice`."""
    return keyring().digest(number, "claim.invoice")


def account_digest(number: str) -> bytes:
    """The blind index of a bank account number, digits only."""
    return keyring().digest(number, "claim.account")


class ClaimPartQuerySet(QuerySet):  # type: ignore[type-arg]
    """Rows that belong to a worker's claim, found through `worker_path` (a column of the worker's key)."""

    worker_path = "claim__worker_id"

    def in_scope(self, scope: Scope) -> Self:
        """Rows of workers with a membership, past or present, at an enterprise in scope."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(serves_in(scope, self.worker_path))

    def for_worker(self, worker: Any) -> Self:
        """The worker's own rows."""
        return self.filter(**{self.worker_path: worker.pk})


class ClaimQuerySet(ClaimPartQuerySet):
    """Claims."""

    worker_path = "worker_id"

    def open(self) -> Self:
        """Filed and not yet finally decided: what the desk works on."""
        return self.filter(state__in=OPEN)

    def filed(self) -> Self:
        """Everything but drafts."""
        return self.exclude(state="draft")


class QuestionQuerySet(ClaimPartQuerySet):
    """Questions to workers."""

    def open(self) -> Self:
        """Neither answered nor lapsed."""
        return self.filter(answered_at__isnull=True, lapsed_at__isnull=True)


class PaperFileQuerySet(ClaimPartQuerySet):
    """Sealed bytes, scoped through their paper."""

    worker_path = "paper__claim__worker_id"


class ObligationPartQuerySet(ClaimPartQuerySet):
    """Rows of an obligation."""

    worker_path = "obligation__claim__worker_id"


class DecisionPartQuerySet(ClaimPartQuerySet):
    """Rows of a decision."""

    worker_path = "decision__claim__worker_id"


class OfficeQuerySet(QuerySet):  # type: ignore[type-arg]
    """Rows of a paying office: batches and bank files. Those of unions at or below the posts."""

    office_path = "office__path"

    def in_scope(self, scope: Scope) -> Self:
        """Rows of offices at or below the posts; a clerk of an enterprise sees none."""
        if scope.everything:
            return self
        found = subtree(scope.union_paths, self.office_path) if scope.union_paths else Q(pk__in=[])
        return self.filter(found)


class ReplayQuerySet(OfficeQuerySet):
    """Replays, by the office whose workers they are about."""


class ResultLineQuerySet(OfficeQuerySet):
    """Lines of result files."""

    office_path = "file__office__path"


class ClaimsFundQuerySet(OfficeQuerySet):
    """Which funds pay the claims of a plan, scoped by the fund's owner."""

    office_path = "fund__owner__path"
