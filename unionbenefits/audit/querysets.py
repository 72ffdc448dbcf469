"""Which part of the log an actor reads."""

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

from unionbenefits.core.scope import Scope


class EntryQuerySet(QuerySet):  # type: ignore[type-arg]
    """Entries, scoped by who acted."""

    def in_scope(self, scope: Scope) -> "EntryQuerySet":
        """Acts of the staff under one's posts. What workers and the program did, the top reads."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        staff = get_user_model()._default_manager.get_queryset().in_scope(scope)
        names = staff.annotate(actor_name=Concat(Value("staff:"), F("username"))).values("actor_name")
        condition = Q(actor__in=names)
        if scope.reaches_top:
            condition |= ~Q(actor__startswith="staff:")
        return self.filter(condition)


class SealQuerySet(QuerySet):  # type: ignore[type-arg]
    """Seals, scoped as the entries under them."""

    def in_scope(self, scope: Scope) -> "SealQuerySet":
        """Seals of entries in scope."""
        if scope.everything:
            return self
        entries = self.model._meta.get_field("entry").related_model._default_manager.in_scope(scope)
        return self.filter(entry__in=entries.values("pk"))
