"""The form by which an officer files for a worker, and beside it the estimate and what is missing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import Claim, Paper
from unionbenefits.claims.queries import (
    coverage_for,
    current_papers,
    missing_facts,
    missing_papers,
    verdict_for,
    warnings_for,
)
from unionbenefits.claims.rules import Outcome
from unionbenefits.claims.texts import AMOUNTS, DATES, FIELDS, LABELS
from unionbenefits.claims.wording import sentence
from unionbenefits.core.masking import mask_account
from unionbenefits.plans.models import Coverage

Text = str | Promise
# Never shown in full again once they are on file (invariant 11): left empty, they stay.
SEALED = ("account", "invoice_no")
STAY = ("hospital", *DATES)
ACCOUNT = ("payee_name", "account", "bank_name", "other_holder_reason")
# Where each figure stands on the settlement statement (domain.md §1.1).
FIGURE_HELP: dict[str, Text] = {
    "total": _("On the statement: 金额合计"),
    "pooled_fund": _("On the statement: 医保统筹基金支付"),
    "supplementary": _("On the statement: 补充医疗保险支付 (large costs, serious illness, civil servants)"),
    "medical_aid": _("On the statement: 医疗救助支付"),
    "self_paid": _("On the statement: 个人自付. The plan pays a share of it."),
    "own_expense": _("On the statement: 个人自费. It is outside the insured costs."),
    "other_paid": _("What others paid of the self-paid part, such as another insurance. Empty: nothing."),
    "invoice_no": _("On the hospital's invoice; finds invoices handed in twice."),
}
REASONS: tuple[tuple[str, Text], ...] = (
    ("no_phone", _("Has no smartphone, or cannot use one")),
    ("ill", _("Is ill or in hospital")),
    ("counter", _("Handed the papers in at the counter")),
    ("heirs", _("Has died: the heirs ask for it")),
    ("other", _("Another reason")),
)


class StartForm(forms.Form):
    """Why an officer files, and the key that makes a double tap one draft (case C106)."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("Why you file for the worker"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why the worker does not file.")},
    )
    detail = forms.CharField(label=_("In more words"), max_length=150, required=False)

    def clean(self) -> dict[str, Any]:
        """Another reason has to be written down."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("why") == "other" and not values.get("detail"):
            self.add_error("detail", gettext("Write the reason down."))
        return values

    def reason(self) -> str:
        """The reason as it is kept."""
        why, detail = self.cleaned_data["why"], self.cleaned_data["detail"]
        return detail if why == "other" else " · ".join(filter(None, (str(dict(REASONS)[why]), detail)))


class FilingForm(forms.Form):
    """What the papers say, as typed: `claims.texts` reads amounts and dates and says what is wrong."""

    def __init__(self, claim: Claim, data: Any = None) -> None:
        super().__init__(data, initial=_initial(claim))
        for name in sorted(FIELDS):
            self.fields[name] = _field(name, claim)

    def typed(self, claim: Claim) -> dict[str, str]:
        """What was typed and differs from what is kept; a sealed number left empty is not touched."""
        self.is_valid()
        sent = {
            name: self.cleaned_data[name]
            for name in FIELDS
            if name in self.data and name in self.cleaned_data
        }
        kept = _initial(claim)
        return {
            name: value
            for name, value in sent.items()
            if (value if name in SEALED else value != (kept[name] or ""))
        }

    def add_errors(self, refused: dict[str, str]) -> None:
        """Says beside each field what is wrong with it."""
        for name, text in refused.items():
            self.add_error(name, text)

    def stay(self) -> list[Any]:
        """Hospital and dates."""
        return [self[name] for name in STAY]

    def figures(self) -> list[Any]:
        """The statement, in its own order, and the invoice."""
        return [self[name] for name in (*AMOUNTS, "invoice_no")]

    def payee(self) -> list[Any]:
        """Where the money goes."""
        return [self[name] for name in ACCOUNT]


@dataclass(frozen=True, slots=True)
class KindOfPaper:
    """One kind of paper, what there is of it, and whether it has to be there."""

    code: str
    label: Text
    papers: list[Paper]
    is_missing: bool

    HELP: ClassVar[dict[str, Text]] = {
        PaperKind.AUTHORISATION: _("Only where somebody else holds the account."),
        PaperKind.OTHER: _("Such as the declaration that the worker signed."),
    }

    @property
    def help_text(self) -> Text:
        """When it is needed."""
        return self.HELP.get(self.code, "")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the rules say of the claim as typed so far."""

    amount: Decimal
    outcome: str
    lines: list[tuple[Decimal, str]]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Side:
    """What stands beside the form: cover, estimate, what is missing, what is worth a second look."""

    coverage: Coverage | None
    never_covered: bool
    estimate: Estimate | None
    missing_fields: list[tuple[str, Text]]
    missing_kinds: list[PaperKind]
    warnings: list[Text]

    @property
    def is_complete(self) -> bool:
        """Whether it can be sent."""
        return not (self.missing_fields or self.missing_kinds or self.never_covered)


WARNINGS: dict[str, Text] = {
    "account_luhn": _("The account number fails its check digit. Compare it with the card once more."),
    "other_holder": _("Somebody else holds the account: give the reason and the worker's authorisation."),
}


def kinds_of(claim: Claim) -> list[KindOfPaper]:
    """Every kind of paper with what there is of it. Two queries."""
    there: dict[str, list[Paper]] = {}
    for paper in current_papers(claim):
        there.setdefault(paper.kind, []).append(paper)
    missing = missing_papers(claim)
    return [KindOfPaper(kind, kind.label, there.get(kind, []), kind in missing) for kind in PaperKind]


def side_of(claim: Claim) -> Side:
    """What stands beside the form now."""
    coverage = None
    if claim.admitted is not None:
        coverage = coverage_for(claim.worker, claim.admitted, claim.discharged)
    return Side(
        coverage=coverage,
        never_covered=claim.admitted is not None and coverage is None,
        estimate=_estimate(claim) if coverage is not None and claim.self_paid is not None else None,
        missing_fields=[(name, LABELS[name]) for name in missing_facts(claim)],
        missing_kinds=missing_papers(claim),
        warnings=[WARNINGS[code] for code in warnings_for(claim)],
    )


def _estimate(claim: Claim) -> Estimate:
    verdict = verdict_for(claim)
    return Estimate(
        amount=verdict.amount if verdict.outcome is not Outcome.REJECT else Decimal(0),
        outcome=verdict.outcome.value,
        lines=[(line.amount, sentence(line)) for line in verdict.lines],
        notes=[sentence(note) for note in (*verdict.reasons, *verdict.flags)],
    )


def _initial(claim: Claim) -> dict[str, Any]:
    found = {name: getattr(claim, name) for name in FIELDS if name not in SEALED}
    return {
        name: str(value) if name in (*AMOUNTS, *DATES) and value is not None else value
        for name, value in found.items()
    }


def _field(name: str, claim: Claim) -> forms.CharField:
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})
    help_text: Text = FIGURE_HELP.get(name, "")
    if name in DATES:
        widget = forms.DateInput(attrs={"type": "date"})
    elif name in AMOUNTS:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    if name in SEALED and getattr(claim, name):
        help_text = gettext("On file: %(number)s. Leave it empty to keep it.") % {
            "number": mask_account(getattr(claim, name))
        }
    if name == "account":
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    if name == "payee_name":
        help_text = _("The worker, as the bank writes the name.")
    if name == "other_holder_reason":
        help_text = _("Only where somebody else than the worker holds the account.")
    return forms.CharField(
        label=str(LABELS[name]), required=False, max_length=200, widget=widget, help_text=str(help_text)
    )
