import factory

from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(number: int) -> str:
    """A well-formed credit code (GB 32100) of an organisation that cannot exist (XX…)."""
    body = f"91440000XX{number:07d}"
    total = sum(_ALPHABET.index(letter) * pow(3, at, 31) for at, letter in enumerate(body))
    return body + _ALPHABET[(31 - total % 31) % 31]


class UnionFactory(factory.django.DjangoModelFactory):
    """A union under `parent`; a root of its own without one."""

    class Meta:
        model = Union

    name = factory.Sequence(lambda n: f"工会{n}")
    kind = UnionKind.GRASSROOTS

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):
        if parent is None:
            return model_class.objects.add_root(create_kwargs=kwargs)
        return model_class.objects.add_child(model_class.objects.get(pk=parent.pk), create_kwargs=kwargs)


class EnterpriseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enterprise

    name = factory.Sequence(lambda n: f"示例{n}有限公司")
    credit_code = factory.Sequence(lambda n: credit_code(5_000_000 + n))
    union = factory.SubFactory(UnionFactory)
