"""What a worker writes about a claim that was sent: an answer, an appeal, a withdrawal, an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.models import Claim
from unionbenefits.portal.claim_forms import AccountForm


def _words(
    label: Any, limit: int, *, help_text: Any = "", missing: Any = "", rows: int = 4
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        max_length=limit,
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AnswerForm(forms.Form):
    """Words beside the papers that were asked for."""

    text = _words(
        _("Your answer"),
        500,
        help_text=_("If you were asked something, or cannot get a paper: say so here."),
    )


class AppealForm(forms.Form):
    """What is wrong with the decision."""

    text = _words(
        _("What do you think is wrong?"),
        1000,
        help_text=_("In your own words: which number, which reason, what was not looked at."),
        missing=_("Write what you think is wrong, so that somebody can look at it."),
        rows=7,
    )


class WithdrawForm(forms.Form):
    """Why a claim is taken back."""

    reason = _words(
        _("Why do you take the claim back?"),
        200,
        help_text=_("A few words are enough."),
        missing=_("Write in a few words why."),
        rows=3,
    )


class PayeeForm(AccountForm):
    """The account once more, after the bank could not pay. Everything is said anew except what is right."""

    def payee(self) -> dict[str, str]:
        """What `correct_payee` takes, from a valid form; a number that was left empty stays."""
        kept, claim = self.kept, self.claim
        return {
            "payee_name": kept.get("payee_name") or claim.worker.name,
            "account": kept.get("account") or claim.account or "",
            "bank_name": kept.get("bank_name") or "",
            "other_holder_reason": kept.get("other_holder_reason") or "",
        }

    @classmethod
    def of(cls, claim: Claim, data: Any = None) -> "PayeeForm":
        """The form for a claim."""
        return cls(claim, data)
