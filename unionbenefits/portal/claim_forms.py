"""What a worker types for a claim, step by step. `claims.texts` reads every field and says what is wrong."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.claims.entries import sorted_out
from unionbenefits.claims.models import Claim
from unionbenefits.claims.queries import holder_differs
from unionbenefits.claims.texts import AMOUNTS, DATES, FIELDS, tidied
from unionbenefits.core import clock
from unionbenefits.core.masking import mask_account

# Never shown in full again once they are kept (invariant 11): left empty, they stay.
SEALED = ("account", "invoice_no")
# Offered while typing; any other may be written.
BANKS = (
    "中国工商银行",
    "中国农业银行",
    "中国银行",
    "中国建设银行",
    "交通银行",
    "中国邮政储蓄银行",
    "招商银行",
    "广发银行",
    "平安银行",
    "广东农村商业银行",
    "南海农商银行",
    "顺德农商银行",
)


def _text(label: Any, help_text: Any = "", **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"} | attrs)
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=300, widget=widget, strip=True
    )


def _day(label: Any, help_text: Any = "") -> forms.CharField:
    return _text(label, help_text, type="date")


def _amount(label: Any, help_text: Any = "") -> forms.CharField:
    return _text(label, help_text, inputmode="decimal", placeholder="0.00", enterkeyhint="next")


class StepForm(forms.Form):
    """Some fields of a claim. Valid ones are in `kept`, also where others are wrong: nothing typed is lost.

    `needed` have to be said before the next step; a draft may be left without them.
    """

    needed: tuple[str, ...] = ()

    def __init__(self, claim: Claim, data: Any = None) -> None:
        super().__init__(data, initial=_initial(claim, self.base_fields))
        self.claim = claim
        self.kept: dict[str, Any] = {}
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        """Sorts what can be kept from what cannot, with the sentences of the verbs."""
        values = super().clean() or {}
        self.kept, refused = sorted_out(self._said(values))
        for name, sentence in refused.items():
            self.add_error(name, sentence)
        return values

    def ask_for_needed(self) -> bool:
        """Says beside each needed field that is empty that it has to be filled; whether none is."""
        asked = [name for name in self.needed if name not in self.errors and self._is_empty(name)]
        for name in asked:
            self.add_error(name, _("Please fill this in."))
        return not asked

    def _said(self, values: dict[str, Any]) -> dict[str, Any]:
        return {
            name: value
            for name, value in values.items()
            if name in FIELDS and (value or name not in SEALED or not getattr(self.claim, name))
        }

    def _is_empty(self, name: str) -> bool:
        return not self.cleaned_data.get(name) and not (name in SEALED and getattr(self.claim, name))


class StayForm(StepForm):
    """Which hospital, from when to when."""

    needed: tuple[str, ...] = ("hospital", "admitted", "discharged")

    hospital = _text(gettext_lazy("Name of the hospital"), gettext_lazy("As on the statement or the stamp."))
    admitted = _day(gettext_lazy("Day of admission (入院日期)"))
    discharged = _day(gettext_lazy("Day of discharge (出院日期)"))
    settled = _day(
        gettext_lazy("Day of settlement (结算日期)"),
        gettext_lazy("Mostly the day of discharge. Leave it empty if you don't see one."),
    )

    def __init__(self, claim: Claim, data: Any = None) -> None:
        super().__init__(claim, data)
        for name in DATES:
            self.fields[name].widget.attrs["max"] = clock.today().isoformat()

    def clean(self) -> dict[str, Any]:
        """Says beside its own field which day cannot be right."""
        values = super().clean()
        days: dict[str, dt.date | None] = tidied({name: self.kept.get(name) for name in DATES})
        admitted = days["admitted"]
        for name, day in days.items():
            if day is not None and day > clock.today():
                self._refuse(name, _("This day is still to come."))
            elif day is not None and admitted is not None and day < admitted:
                self._refuse(name, _("This day lies before the admission. Compare both with the statement."))
        return values

    def _refuse(self, name: str, sentence: str) -> None:
        self.add_error(name, sentence)
        self.kept.pop(name)


class FiguresForm(StepForm):
    """The figures of the statement, under the words that are printed on it."""

    needed: tuple[str, ...] = ("total", "self_paid")

    total = _amount(gettext_lazy("Total (金额合计)"))
    pooled_fund = _amount(gettext_lazy("Paid by the pooled fund (医保统筹基金支付)"))
    supplementary = _amount(
        gettext_lazy("Paid by supplementary insurance (补充医疗保险支付)"),
        gettext_lazy("Also 职工大额, 居民大病 or 公务员补助: add them up."),
    )
    medical_aid = _amount(gettext_lazy("Paid by medical aid (医疗救助支付)"))
    self_paid = _amount(
        gettext_lazy("Self-paid (个人自付)"),
        gettext_lazy("Your share within the insurance. This is what counts."),
    )
    own_expense = _amount(
        gettext_lazy("Own expense (个人自费)"), gettext_lazy("What lies outside the insurance.")
    )
    other_paid = _amount(
        gettext_lazy("Got back from elsewhere"),
        gettext_lazy("What another insurance or scheme already paid you of 个人自付. Empty if nothing."),
    )
    invoice_no = _text(
        gettext_lazy("Invoice number (票据号码)"), gettext_lazy("On the hospital's receipt. May stay empty.")
    )


class AccountForm(StepForm):
    """Where the money goes. The holder is the worker, or somebody else for a reason (case C120)."""

    needed: tuple[str, ...] = ("account", "bank_name")
    SELF, OTHER = "self", "other"
    banks = BANKS

    account = _text(
        gettext_lazy("Number of the account or card"), inputmode="numeric", spellcheck="false", maxlength="40"
    )
    bank_name = _text(gettext_lazy("Bank"), gettext_lazy("With the branch, if you know it."), list="banks")
    holder = forms.ChoiceField(
        label=gettext_lazy("Whose account is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whose account it is.")},
        choices=[(SELF, gettext_lazy("Mine")), (OTHER, gettext_lazy("Somebody else's"))],
    )
    payee_name = _text(
        gettext_lazy("Name of the account holder"),
        gettext_lazy("Exactly as the bank has it."),
        autocomplete="off",
    )
    other_holder_reason = _text(
        gettext_lazy("Why the money should go to this account"),
        gettext_lazy("For example: my own card is blocked; this is my wife's."),
    )

    def __init__(self, claim: Claim, data: Any = None) -> None:
        super().__init__(claim, data)
        differs = holder_differs(claim)
        self.initial["holder"] = self.OTHER if differs else self.SELF
        if not differs:
            self.initial["payee_name"] = ""
        if claim.account:
            self.fields["account"].help_text = _(
                "Kept: %(account)s. Leave this empty to keep it, or type another one."
            ) % {"account": mask_account(claim.account)}

    def ask_for_needed(self) -> bool:
        """Another holder needs a name and a reason too."""
        if self.cleaned_data.get("holder") == self.OTHER:
            self.needed = (*AccountForm.needed, "payee_name", "other_holder_reason")
        return super().ask_for_needed()

    def _said(self, values: dict[str, Any]) -> dict[str, Any]:
        said = super()._said(values)
        if values.get("holder") == self.SELF:
            said |= {"payee_name": self.claim.worker.name, "other_holder_reason": ""}
        return said


def _initial(claim: Claim, names: Any) -> dict[str, Any]:
    """What the fields show: amounts and days as they are typed, sealed numbers not at all."""
    shown: dict[str, Any] = {}
    for name in FIELDS.intersection(names):
        value = None if name in SEALED else getattr(claim, name)
        shown[name] = str(value) if name in (*AMOUNTS, *DATES) and value is not None else value
    return shown
