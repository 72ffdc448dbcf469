"""Which funds an actor sees, and what stands in them."""

from decimal import Decimal

from django.db.models import DecimalField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from unionbenefits.core.scope import Scope
from unionbenefits.funds.enums import Account
from unionbenefits.unions.querysets import subtree

_ZERO = Value(Decimal("0.00"), output_field=DecimalField(max_digits=14, decimal_places=2))


class FundQuerySet(QuerySet):  # type: ignore[type-arg]
    """Funds, scoped and with balances."""

    def in_scope(self, scope: Scope) -> "FundQuerySet":
        """Funds of unions at or below the posts."""
        if scope.everything:
            return self
        return self.filter(subtree(scope.union_paths, "owner__path")) if scope.union_paths else self.none()

    def with_balances(self) -> "FundQuerySet":
        """Adds `available`, `held` and `used` (元), each the sum of its entries."""

        def balance(account: Account) -> object:
            came = Coalesce(Sum("entries__amount", filter=Q(entries__debit=account)), _ZERO)
            went = Coalesce(Sum("entries__amount", filter=Q(entries__credit=account)), _ZERO)
            return came - went

        funds: FundQuerySet = self.annotate(
            available=balance(Account.AVAILABLE), held=balance(Account.HELD), used=balance(Account.USED)
        )
        return funds


class EntryQuerySet(QuerySet):  # type: ignore[type-arg]
    """Ledger entries, scoped."""

    def in_scope(self, scope: Scope) -> "EntryQuerySet":
        """Entries of the funds in scope."""
        if scope.everything:
            return self
        return (
            self.filter(subtree(scope.union_paths, "fund__owner__path")) if scope.union_paths else self.none()
        )
