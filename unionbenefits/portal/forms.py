"""What a worker types, made into the form that the register holds."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from unionbenefits.core import clock
from unionbenefits.plans import certificates
from unionbenefits.workers.documents import DocumentProblem, read_document, tidy_number
from unionbenefits.workers.phones import normalise_phone
from unionbenefits.workers.text import strip_noise, to_half_width

_six_digits = re.compile(r"\d{6}", re.ASCII).fullmatch
_SEPARATORS = re.compile(r"[\s\-‐-―]+")


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
        code = _SEPARATORS.sub("", to_half_width(strip_noise(self.cleaned_data["code"])))
        if not _six_digits(code):
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
