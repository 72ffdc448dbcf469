"""What a worker types, made into the form that the register holds."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.amounts import amount
from unionbenefits.claims.errors import FactsRefused
from unionbenefits.claims.estimates import Statement
from unionbenefits.core import clock
from unionbenefits.plans import certificates
from unionbenefits.workers.documents import DocumentProblem, read_document, tidy_number
from unionbenefits.workers.phones import normalise_phone, six_digits


class SignInForm(forms.Form):
    """Document and phone. Only the form of both is checked: who is on file is never told (C140)."""

    document = forms.CharField(
        label=_("Document number"),
        help_text=_("Identity card, residence permit or passport."),
        max_length=40,
        error_messages={"required": _("Type the number of your document.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    phone = forms.CharField(
        label=_("Mobile phone number"),
        help_text=_("The number that your union has on file. The code goes there."),
        max_length=30,
        error_messages={"required": _("Type your mobile phone number.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel-national", "inputmode": "tel"}),
    )

    def clean_document(self) -> str:
        """The number as the register stores it."""
        reading = read_document(tidy_number(self.cleaned_data["document"]).number, None, clock.today())
        if reading.problem not in (None, DocumentProblem.KIND_UNCLEAR):
            raise ValidationError(
                _("This number has a typing error. Compare it with your document, digit by digit."),
                code="document",
            )
        return reading.number

    def clean_phone(self) -> str:
        """The 11 digits."""
        phone = normalise_phone(self.cleaned_data["phone"])
        if phone is None:
            raise ValidationError(_("Type the 11 digits of a mainland mobile phone."), code="phone")
        return phone


class CodeForm(forms.Form):
    """The six digits of the message."""

    code = forms.CharField(
        label=_("Code from the message"),
        max_length=20,
        error_messages={"required": _("Type the six digits of the message.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "code",
                "autofocus": True,
            }
        ),
    )

    def clean_code(self) -> str:
        """Text, not a number: 012345 keeps its zero (case C140)."""
        code = six_digits(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(_("The code has six digits."), code="code")
        return code


class CertificateForm(forms.Form):
    """A certificate number, for the public check."""

    certificate = forms.CharField(
        label=_("Certificate number"),
        max_length=40,
        error_messages={"required": _("Type the number of the certificate.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_certificate(self) -> str:
        """The digits alone, if their check digits fit: a typing error never reaches the register."""
        number = certificates.clean(self.cleaned_data["certificate"])
        if not certificates.is_certificate_no(number):
            raise ValidationError(
                _("This is not a certificate number. Compare it with the certificate, digit by digit."),
                code="certificate",
            )
        return number


class AmountField(forms.CharField):
    """元 as people write it; what could be read in two ways is asked for again (case C108)."""

    def __init__(self, **given: Any) -> None:
        attrs = {"autocomplete": "off", "inputmode": "decimal", "placeholder": "0.00"}
        super().__init__(
            max_length=30,
            widget=forms.TextInput(attrs=attrs),
            error_messages={"required": _("Type the amount; 0 if the statement shows none.")},
            **given,
        )

    def clean(self, value: Any) -> Decimal:
        """The amount."""
        text = super().clean(value)
        try:
            return amount(text, str(self.label))
        except FactsRefused as refused:
            raise ValidationError(str(refused), code=refused.code)


class EstimateForm(forms.Form):
    """Four numbers of a hospital statement, and which stay of the period it is."""

    total = AmountField(label=_("Total cost (金额合计)"))
    insurance = AmountField(
        label=_("Paid by the insurance (医保支付)"),
        help_text=_("Pooled fund, supplementary insurance and medical aid together."),
    )
    self_paid = AmountField(label=_("Self-paid (个人自付)"), help_text=_("Inside the medical insurance."))
    own_expense = AmountField(
        label=_("Own expense (个人自费)"), help_text=_("Outside the medical insurance.")
    )
    stay = forms.ChoiceField(label=_("Which hospital stay of the period is it?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, stays: int) -> None:
        super().__init__(data, initial={"stay": "1"})
        names = [(str(n), _("No. %(n)s") % {"n": n}) for n in range(1, stays + 2)]
        self.fields["stay"].choices = names  # type: ignore[attr-defined]

    def statement(self) -> Statement:
        """The numbers of a valid form."""
        given = self.cleaned_data
        return Statement(*(given[name] for name in ("total", "insurance", "self_paid", "own_expense")))

    def ordinal(self) -> int:
        """Which stay."""
        return int(self.cleaned_data["stay"])
