"""The forms by which an officer gives a worker a new phone, with the document in hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from unionbenefits.core import clock
from unionbenefits.workers.documents import DocumentProblem, read_document, tidy_number
from unionbenefits.workers.enums import DocumentCheck
from unionbenefits.workers.phones import normalise_phone, six_digits

REASONS: tuple[tuple[str, str | Promise], ...] = (
    ("lost", _("The old phone was lost or stolen")),
    ("new", _("The worker has a new number")),
    ("wrong", _("The number on file was never right")),
    ("none", _("There was no number on file")),
    ("other", _("Another reason")),
)


class DocumentForm(forms.Form):
    """The whole number of the document in hand: a name or a part finds nobody here."""

    document = forms.CharField(
        label=_("Document number"),
        help_text=_("Whole, as on the document in front of you."),
        max_length=40,
        error_messages={"required": _("Type the number of the document in front of you.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_document(self) -> str:
        """The number as the register stores it."""
        reading = read_document(tidy_number(self.cleaned_data["document"]).number, None, clock.today())
        if reading.problem not in (None, DocumentProblem.KIND_UNCLEAR):
            raise ValidationError(
                _("This number has a typing error. Compare it with the document, digit by digit."),
                code="document",
            )
        return reading.number


class NewPhoneForm(forms.Form):
    """How the person was checked, why the number changes, and the new one twice."""

    check = forms.ChoiceField(
        label=_("How you checked the person"),
        choices=DocumentCheck.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you checked the document.")},
        help_text=_("Give the document back at once. Take no copy and no photo of it."),
    )
    why = forms.ChoiceField(
        label=_("Why the number changes"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Write down why the number changes.")},
    )
    detail = forms.CharField(label=_("In more words"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("New mobile phone number"),
        max_length=30,
        error_messages={"required": _("Type the new number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    again = forms.CharField(
        label=_("The new number once more"),
        max_length=30,
        error_messages={"required": _("Type the new number a second time.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        """The 11 digits."""
        phone = normalise_phone(self.cleaned_data["phone"])
        if phone is None:
            raise ValidationError(_("Type the 11 digits of a mainland mobile phone."), code="phone")
        return phone

    def clean(self) -> dict[str, Any]:
        """Both numbers are one; another reason has to be written down."""
        values: dict[str, Any] = super().clean() or {}
        phone, again = values.get("phone"), values.get("again")
        if phone and again and normalise_phone(again) != phone:
            self.add_error("again", gettext("The two numbers differ. Ask the worker and type both anew."))
        if values.get("why") == "other" and not values.get("detail"):
            self.add_error("detail", gettext("Write the reason down."))
        return values

    def reason(self) -> str:
        """The reason as it is kept."""
        why, detail = self.cleaned_data["why"], self.cleaned_data["detail"].strip()
        return detail if why == "other" else " · ".join(filter(None, (str(dict(REASONS)[why]), detail)))


class ProofForm(forms.Form):
    """The code that came to the new phone; where the number is somebody else's too, that it is shared."""

    code = forms.CharField(
        label=_("Code from the message"),
        help_text=_("The worker reads it to you from the new phone."),
        max_length=20,
        error_messages={"required": _("Type the six digits of the message.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "class": "pg-big-code", "autofocus": True}
        ),
    )
    shared = forms.BooleanField(
        label=_("The worker in front of me uses this number now"),
        help_text=_("Family members may share a phone. The other person's file stays as it is."),
        required=False,
    )

    def clean_code(self) -> str:
        """Six digits, as text."""
        code = six_digits(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(_("The code has six digits."), code="code")
        return code
