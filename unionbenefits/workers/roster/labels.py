"""What fields and their values are called in a sentence (field words of design §2). Pure."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.workers.enums import BasicInsurance, DocumentKind, Sex, WorkRelation

FIELD_LABELS: Final[Mapping[str, Promise | str]] = {
    "name": _("name"),
    "document_kind": _("kind of document"),
    "document_number": _("document number"),
    "issuer": _("issuing country"),
    "phone": _("mobile number"),
    "sex": _("sex"),
    "birth": _("date of birth"),
    "enterprise_name": _("enterprise"),
    "credit_code": _("credit code"),
    "occupation": _("occupation"),
    "work_relation": _("work relation"),
    "joined_on": _("date of joining"),
    "note": _("note"),
    "basic_insurance": _("basic insurance"),
    "real_name": _("real-name check"),
}
_VALUES: Final = {
    "document_kind": DocumentKind,
    "sex": Sex,
    "work_relation": WorkRelation,
    "basic_insurance": BasicInsurance,
}


def field_label(field: str) -> str:
    """The field's name in the middle of a sentence; what is no field stays as it is."""
    return str(FIELD_LABELS.get(field, field))


def value_label(field: str, value: str) -> str:
    """A stored value as a person reads it: 男 for `male`; texts, numbers and days stay as they are."""
    kinds = _VALUES.get(field)
    return str(kinds(value).label) if kinds is not None and value in kinds.values else value
