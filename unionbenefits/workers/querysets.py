"""Which workers and rosters an actor sees, and how a person is found."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise


def number_digest(number: str) -> bytes:
    """The blind index of a document number, already normalised."""
    return keyring().digest(number, "document.number")


def phone_digest(phone: str) -> bytes:
    """The blind index of an 11-digit mobile number."""
    return keyring().digest(phone, "phone")


class WorkerQuerySet(QuerySet):  # type: ignore[type-arg]
    """Workers, scoped and findable."""

    def in_scope(self, scope: Scope) -> "WorkerQuerySet":
        """Workers with a membership, past or present, at an enterprise in scope.

        A semi-join: the planner starts from whichever side is smaller, and no row comes twice.
        """
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        memberships = self.model._meta.get_field("memberships").related_model._default_manager
        served = memberships.filter(
            worker=OuterRef("pk"), enterprise__in=Enterprise.objects.in_scope(scope).values("pk")
        )
        return self.filter(Exists(served))

    def with_document(self, number: str) -> "WorkerQuerySet":
        """The workers who hold or held a document with this number, of whatever kind."""
        documents = self.model._meta.get_field("documents").related_model._default_manager
        return self.filter(pk__in=documents.filter(number_digest=number_digest(number)).values("worker_id"))

    def with_phone(self, phone: str) -> "WorkerQuerySet":
        """The workers who gave this mobile number."""
        return self.filter(phone_digest=phone_digest(phone))


class WorkerPartQuerySet(QuerySet):  # type: ignore[type-arg]
    """Rows that belong to a worker."""

    def in_scope(self, scope: Scope) -> "WorkerPartQuerySet":
        """Rows of workers in scope."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        workers = self.model._meta.get_field("worker").related_model._default_manager
        return self.filter(Exists(workers.in_scope(scope).filter(pk=OuterRef("worker_id"))))


class EnterprisePartQuerySet(QuerySet):  # type: ignore[type-arg]
    """Rows that belong to an enterprise: memberships, rosters."""

    def in_scope(self, scope: Scope) -> "EnterprisePartQuerySet":
        """Rows of enterprises in scope: an officer never sees a worker's memberships elsewhere."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(enterprise__in=Enterprise.objects.in_scope(scope).values("pk"))


class RosterRowQuerySet(QuerySet):  # type: ignore[type-arg]
    """Rows of rosters, scoped by the roster's enterprise."""

    def in_scope(self, scope: Scope) -> "RosterRowQuerySet":
        """Rows of rosters in scope."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(Q(roster__enterprise__in=Enterprise.objects.in_scope(scope).values("pk")))
