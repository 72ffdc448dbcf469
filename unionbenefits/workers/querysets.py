"""Which workers and rosters an actor sees, and how a person is found."""

from django.apps import apps
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


def serves_in(scope: Scope, worker: str) -> Exists:
    """Whether the worker whose key is in the column `worker` serves or served at an enterprise in scope."""
    memberships = apps.get_model("workers", "Membership")._default_manager
    return Exists(
        memberships.filter(
            worker=OuterRef(worker), enterprise__in=Enterprise.objects.in_scope(scope).values("pk")
        )
    )


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
        return self.filter(serves_in(scope, "pk"))

    def with_document(self, number: str) -> "WorkerQuerySet":
        """The workers who hold or held a document with this number, of whatever kind.

        Looked up at once: given the few keys instead of a subquery, the planner begins with them, whatever
        else is asked. Live and retired documents have an index each.
        """
        documents = self.model._meta.get_field("documents").related_model._default_manager
        same = documents.filter(number_digest=number_digest(number)).order_by()
        held = same.filter(retired_at__isnull=True).union(same.filter(retired_at__isnull=False))
        return self.filter(pk__in=list(held.values_list("worker_id", flat=True)))

    def find(self, text: str) -> "WorkerQuerySet":
        """What one types to find a person: a full document number or mobile number, or how the name begins.

        Numbers go through the blind index, so only whole ones are found.
        """
        number, phone = tidy_number(text).number, normalise_phone(text)
        if phone is not None:
            return self.with_phone(phone) | self.with_document(number)
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
        return self.filter(serves_in(scope, "worker_id"))


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


class TopQuerySet(QuerySet):  # type: ignore[type-arg]
    """Rows about the whole installation: for whoever serves at the top of the tree."""

    def in_scope(self, scope: Scope) -> "TopQuerySet":
        """All of them, or none."""
        return self if scope.reaches_top else self.none()
