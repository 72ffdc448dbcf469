"""What a worker types under “My data”."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.portal.claim_forms import BANKS
from unionbenefits.portal.forms import CodeForm
from unionbenefits.workers.bank_accounts import LONGEST_BANK, account_digits
from unionbenefits.workers.data_requests import LONGEST_WORDS
from unionbenefits.workers.documents import DocumentProblem, read_document, tidy_number
from unionbenefits.workers.enums import RequestField
from unionbenefits.workers.phones import normalise_phone

_WORDS = forms.Textarea(attrs={"rows": 4})


class OwnAccountForm(forms.Form):
    """The account for claims to come, and the consent to keep it."""

    banks = BANKS
    holder = forms.CharField(
        label=_("Name of the account holder"),
        help_text=_("Your own name, exactly as the bank has it."),
        max_length=100,
        error_messages={"required": _("Type the name of the account holder.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    account = forms.CharField(
        label=_("Number of the account or card"),
        max_length=40,
        error_messages={"required": _("Type the number of the account.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )
    bank_name = forms.CharField(
        label=_("Bank"),
        help_text=_("With the branch, if you know it."),
        max_length=LONGEST_BANK,
        error_messages={"required": _("Type the name of the bank.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "banks"}),
    )
    claims = forms.BooleanField(label=_("Use it for my open claims too"), required=False, initial=True)
    agree = forms.BooleanField(
        label=_("I agree that the account is kept"),
        error_messages={"required": _("Please agree to the text first.")},
    )

    def clean_account(self) -> str:
        """Digits alone."""
        try:
            return account_digits(self.cleaned_data["account"])
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code)


class CorrectionForm(forms.Form):
    """What is wrong and what it should be."""

    field = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=RequestField.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    wanted = forms.CharField(
        label=_("What should it be?"),
        help_text=_("As on your document."),
        max_length=200,
        error_messages={"required": _("Write what it should be.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words = forms.CharField(
        label=_("Anything an officer should know"),
        help_text=_("May stay empty."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=_WORDS,
    )

    def clean(self) -> dict[str, Any]:
        """A document number has to be one."""
        values = super().clean() or {}
        if values.get("field") == RequestField.NUMBER and values.get("wanted"):
            reading = read_document(tidy_number(values["wanted"]).number, None, clock.today())
            if reading.problem not in (None, DocumentProblem.KIND_UNCLEAR):
                self.add_error(
                    "wanted",
                    _("This number has a typing error. Compare it with your document, digit by digit."),
                )
            else:
                values["wanted"] = reading.number
        return values


class ErasureForm(forms.Form):
    """Words for the officer, and that the consequences were read."""

    words = forms.CharField(
        label=_("Anything an officer should know"),
        help_text=_("May stay empty."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=_WORDS,
    )
    understood = forms.BooleanField(
        label=_("I have read what goes and what stays"),
        error_messages={"required": _("Please read what goes and what stays, and tick the box.")},
    )


class NewPhoneForm(forms.Form):
    """The new number."""

    phone = forms.CharField(
        label=_("New mobile phone number"),
        help_text=_("You need both phones now: each gets a code."),
        max_length=30,
        error_messages={"required": _("Type your new mobile phone number.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel-national", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        """The 11 digits."""
        phone = normalise_phone(self.cleaned_data["phone"])
        if phone is None:
            raise ValidationError(_("Type the 11 digits of a mainland mobile phone."), code="phone")
        return phone


def code_forms(data: Any = None) -> tuple[CodeForm, CodeForm]:
    """A code from the phone on file, and one from the new phone."""
    old, new = CodeForm(data, prefix="old"), CodeForm(data, prefix="new")
    old.fields["code"].label = _("Code on the phone used so far")
    new.fields["code"].label = _("Code on the new phone")
    new.fields["code"].widget.attrs.pop("autofocus", None)
    return old, new
