"""Which workers and rosters an actor sees, and how a person is found."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.documents import tidy_number
from unionbenefits.workers.names import name_key
from unionbenefits.workers.phones import normalise_phone


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

    def find(self, text: str) -> "WorkerQuerySet":
        """What one types to find a person: a full document number or mobile number, or how the name begins.

        Numbers go through the blind index, so only whole ones are found.
        """
        number, phone = tidy_number(text).number, normalise_phone(text)
        if phone is not None:
            return self.filter(
                Q(phone_digest=phone_digest(phone)) | Q(pk__in=self.with_document(number).values("pk"))
            )
        if number.isascii() and any(character.isdigit() for character in number):
            return self.with_document(number)
        key = name_key(text)
        return self.filter(name_key__startswith=key) if key else self.none()

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

    def find(self, text: str) -> "RosterRowQuerySet":
        """Rows by a full document number, a full mobile number, or how the name begins."""
        number, phone = tidy_number(text).number, normalise_phone(text)
        if phone is not None:
            return self.filter(Q(phone_digest=phone_digest(phone)) | Q(number_digest=number_digest(number)))
        if number.isascii() and any(character.isdigit() for character in number):
            return self.filter(number_digest=number_digest(number))
        key = name_key(text)
        return self.filter(name_key__startswith=key) if key else self.none()

    def in_scope(self, scope: Scope) -> "RosterRowQuerySet":
        """Rows of rosters in scope."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(Q(roster__enterprise__in=Enterprise.objects.in_scope(scope).values("pk")))
