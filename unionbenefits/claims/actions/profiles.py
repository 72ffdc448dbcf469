"""How banks want their files: written down as data, checked as a whole before it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.claims.banking.checking import check
from unionbenefits.claims.banking.layouts import Layout
from unionbenefits.claims.models import BankProfile
from unionbenefits.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class ProfileTerms:
    """What a bank profile says; the columns of BankProfile."""

    name: str
    format: str
    encoding: str
    line_limit: int
    purpose: str
    out_columns: Sequence[tuple[str, str]]
    in_headings: Mapping[str, Sequence[str]]
    status_words: Mapping[str, str]
    is_active: bool = True


def layout_of(terms: ProfileTerms) -> Layout:
    """The layout that the terms give, checked. Raises Refusal `layout_*` (details `field`)."""
    try:
        layout = BankProfile(**_columns(terms)).layout()
    except ValueError:
        raise Refusal("layout_unknown", _("A column or word of this form is not known here."))
    check(layout)
    return layout


def set_bank_profile(
    *, by: User, terms: ProfileTerms, profile: BankProfile | None = None, code: str = ""
) -> BankProfile:
    """Opens a profile under `code`, or changes one: batches made from now on are written by it, and answers
    read by it. What was written and read before stays as it was.

    Raises Refusal as `layout_of`, and `profile_code_taken`.
    """
    layout_of(terms)
    with act("claims.set_bank_profile", by=by) as doing:
        if profile is None:
            profile = _opened(code, terms)
            before: dict[str, object] = {}
        else:
            profile = BankProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
            before = _said(profile)
            for name, value in _columns(terms).items():
                setattr(profile, name, value)
            profile.save()
        after = _said(profile)
        changed = {name: value for name, value in after.items() if before.get(name) != value}
        doing.about, doing.data = profile, {"code": profile.code, "changed": changed}
    return profile


def _opened(code: str, terms: ProfileTerms) -> BankProfile:
    if BankProfile.objects.filter(code=code).exists():
        raise _taken()
    try:
        return BankProfile.objects.create(code=code, **_columns(terms))
    except IntegrityError as error:
        raise _taken() from error


def _taken() -> Refusal:
    return Refusal("profile_code_taken", _("Another bank has this code. Choose another."), field="code")


def _columns(terms: ProfileTerms) -> dict[str, object]:
    return {
        "name": terms.name.strip(),
        "format": terms.format,
        "encoding": terms.encoding,
        "line_limit": terms.line_limit,
        "purpose": terms.purpose.strip(),
        "out_columns": [list(pair) for pair in terms.out_columns],
        "in_headings": {meaning: list(names) for meaning, names in terms.in_headings.items()},
        "status_words": dict(terms.status_words),
        "is_active": terms.is_active,
    }


def _said(profile: BankProfile) -> dict[str, object]:
    names = (
        "name",
        "format",
        "encoding",
        "line_limit",
        "purpose",
        "out_columns",
        "in_headings",
        "status_words",
    )
    return {name: getattr(profile, name) for name in (*names, "is_active")}
