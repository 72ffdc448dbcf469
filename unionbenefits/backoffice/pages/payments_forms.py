"""Forms of the payment pages. Offices are those where the person may pay, banks those in use."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims.amounts import amount
from unionbenefits.claims.console import offices_of
from unionbenefits.claims.models import BankProfile
from unionbenefits.core.errors import Refusal
from unionbenefits.unions.models import Union

# More than the largest bank file of 5,000 lines needs (domain.md §7), and little enough to travel in a page.
RESULT_MAX_BYTES = 2 * 1024 * 1024


class ProfileChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Banks, with how many payments one of their files holds."""

    def label_from_instance(self, obj: Any) -> str:
        """`name (at most 3,000 payments a file)`."""
        return _("%(bank)s (at most %(limit)s payments a file)") % {
            "bank": obj.name,
            "limit": f"{obj.line_limit:,}",
        }


class OfficeForm(forms.Form):
    """Which office pays, and through which bank. An only choice is made already."""

    office: forms.Field = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Paying office"), empty_label=None
    )
    profile: forms.Field = ProfileChoice(
        queryset=None, label=gettext_lazy("Bank that pays"), empty_label=None
    )

    def __init__(self, request: HttpRequest, permission: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices_of(officer(request), permission)
        unions = in_scope(request, Union).filter(pk__in=[office.pk for office in self.offices])
        self.fields["office"].queryset = unions.order_by("name", "pk")  # type: ignore[attr-defined]
        profiles = in_scope(request, BankProfile).filter(is_active=True).order_by("name", "pk")
        self.fields["profile"].queryset = profiles  # type: ignore[attr-defined]
        self.has_profile = profiles.exists()
        if len(self.offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = self.offices[0].pk

    @property
    def obstacle(self) -> str:
        """Why nothing can be done here at all, or nothing."""
        if not self.offices:
            return _("You hold no post as a cashier at a union today, so no office pays through you.")
        if not self.has_profile:
            return _("No bank is set up yet. An association officer adds its form under “Bank profiles”.")
        return ""


class BatchForm(OfficeForm):
    """What goes into a batch: everything that can be paid, the oldest first, or the ticked lines."""

    which = forms.ChoiceField(
        choices=[("all", gettext_lazy("Everything")), ("ticked", gettext_lazy("The ticked ones"))]
    )


class ResultForm(OfficeForm):
    """The bank's answer."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose the bank's result file."),
            "empty": gettext_lazy("The file is empty. Choose the bank's result file again."),
            "max_length": gettext_lazy("The file name is too long. Shorten it, then upload again."),
        },
    )

    def clean_file(self) -> Any:
        """Refuses files larger than any result file."""
        file = self.cleaned_data["file"]
        if file.size > RESULT_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than any result file (%(limit)s MB). Is it the right one?")
                % {"limit": RESULT_MAX_BYTES // (1024 * 1024)}
            )
        return file


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write down why.")},
    )


class ControlForm(forms.Form):
    """Count and sum as the checker added them up."""

    count = forms.IntegerField(
        label=gettext_lazy("Number of payments"),
        min_value=0,
        error_messages={
            "required": gettext_lazy("Write the number that you counted."),
            "invalid": gettext_lazy("Write a whole number."),
        },
    )
    total = forms.CharField(
        label=gettext_lazy("Sum (元)"),
        max_length=20,
        error_messages={"required": gettext_lazy("Write the sum that you added up.")},
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["count"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}
        self.fields["total"].widget.attrs |= {"autocomplete": "off", "inputmode": "decimal"}

    def clean_total(self) -> Decimal:
        """An amount such as 5,600.00."""
        return _amount(self.cleaned_data["total"], _("Sum (元)"))


class RefundForm(forms.Form):
    """Money that a worker gave back."""

    amount = forms.CharField(
        label=gettext_lazy("Amount (元)"),
        max_length=20,
        error_messages={"required": gettext_lazy("Write the amount that came back.")},
    )
    key = forms.CharField(
        label=gettext_lazy("Receipt number"),
        max_length=60,
        help_text=gettext_lazy("Of the bank's receipt. The same number counts once."),
        error_messages={"required": gettext_lazy("Write the number of the bank's receipt.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write down why.")},
    )

    def clean_amount(self) -> Decimal:
        """An amount such as 1,234.50."""
        return _amount(self.cleaned_data["amount"], _("Amount (元)"))


class PayeeForm(forms.Form):
    """Holder and account after the bank could not pay."""

    payee_name = forms.CharField(
        label=gettext_lazy("Account holder"),
        max_length=100,
        help_text=gettext_lazy("Exactly as the bank has it, rare characters and dots included."),
        error_messages={"required": gettext_lazy("Write the name of the account holder.")},
    )
    account = forms.CharField(
        label=gettext_lazy("Bank account"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("The whole number. Empty: the account stays as it is."),
    )
    bank_name = forms.CharField(
        label=gettext_lazy("Bank"),
        max_length=80,
        error_messages={"required": gettext_lazy("Write the name of the bank.")},
    )
    other_holder_reason = forms.CharField(
        label=gettext_lazy("Reason for another account holder"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only where the account is not the worker's own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}


def _amount(text: str, field: str) -> Decimal:
    try:
        return amount(text, field)
    except Refusal as refusal:
        raise forms.ValidationError(str(refusal))
