import datetime as dt

import factory
from django.utils import timezone

from tests.factories.organisation import EnterpriseFactory
from unionbenefits.workers.enums import DocumentKind, Occupation, Sex
from unionbenefits.workers.models import IdentityDocument, Membership, Worker
from unionbenefits.workers.querysets import number_digest, phone_digest


def resident_number(order: int, birth: str = "19900307") -> str:
    """A resident number with a right check digit and an area that does not exist (440699); order 0-999."""
    body = f"440699{birth}{order:03d}"
    return body + "10X98765432"[int(body, 13) * 2 % 11]


class WorkerFactory(factory.django.DjangoModelFactory):
    """A worker; pass `phone` to give one, its index follows."""

    class Meta:
        model = Worker

    name = factory.Sequence(lambda n: f"陈测{n}")
    name_key = factory.SelfAttribute("name")
    sex = Sex.MALE
    birth_date = dt.date(1990, 3, 7)
    phone = None
    phone_digest = factory.LazyAttribute(lambda o: phone_digest(o.phone) if o.phone else None)
    created_at = factory.LazyFunction(timezone.now)


class IdentityDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IdentityDocument

    worker = factory.SubFactory(WorkerFactory)
    kind = DocumentKind.RESIDENT_ID
    number = factory.Sequence(lambda n: resident_number(n % 1000, f"19{60 + n // 1000 % 40}0307"))
    number_digest = factory.LazyAttribute(lambda o: number_digest(o.number))


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    worker = factory.SubFactory(WorkerFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    occupation = Occupation.RIDER
