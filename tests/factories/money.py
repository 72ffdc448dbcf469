import factory

from tests.factories.organisation import UnionFactory
from unionbenefits.funds.models import Fund


class FundFactory(factory.django.DjangoModelFactory):
    """A fund without any money: pay in through `funds.actions.deposit`."""

    class Meta:
        model = Fund

    name = factory.Sequence(lambda n: f"资金{n}")
    owner = factory.SubFactory(UnionFactory)
    year = 2026
