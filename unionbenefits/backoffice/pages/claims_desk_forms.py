"""Forms of the claims desk. Each carries the version of the claim that its page showed (case C114)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.enums import PaperKind
from unionbenefits.core import clock

ANSWER_DAYS = 10
_WHY = _("Write down why.")


class DeskForm(forms.Form):
    """What somebody types at the desk. `name` tells the forms of one page apart, also in their ids."""

    name = ""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": f"{self.name}_%s"} | kwargs))

    def refresh(self, hidden: dict[str, Any]) -> None:
        """Keeps what was typed and takes the hidden values of the page as it is now."""
        self.data = {name: self[name].value() for name in self.fields} | hidden

    def typed(self) -> Iterable[tuple[str | Promise, str]]:
        """What was typed, by label, so that a page which has no place for it any more can show it."""
        for bound in self.visible_fields():
            value = bound.value()
            if value and isinstance(value, str) and isinstance(bound.field, Words):
                yield bound.label, value


class Words(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class AskForm(DeskForm):
    """What the worker still has to send or say, and by when."""

    name = "ask"

    missing = forms.MultipleChoiceField(
        label=_("Papers that are missing or unreadable"),
        choices=PaperKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = Words(
        label=_("What else the worker should know"),
        max_length=500,
        required=False,
        help_text=_("The worker reads exactly these words, and hears of it by SMS."),
    )
    until = forms.DateField(
        label=_("Answer by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day after today."),
            "invalid": _("Choose a day after today."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = clock.today() + dt.timedelta(days=ANSWER_DAYS)


class DecideForm(DeskForm):
    """Proposes what the rules say. `seen` is the result that the page showed, `over` the open proposal."""

    name = "decide"

    seen = forms.CharField(widget=forms.HiddenInput)
    over = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = Words(label=_("Note"), max_length=500, required=False)


class RejectForm(DeskForm):
    """Proposes to reject although the rules would pay."""

    name = "reject"

    over = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = Words(
        label=_("Why is it rejected?"),
        max_length=500,
        error_messages={"required": _WHY},
        help_text=_("The worker reads this reason in the letter."),
    )


class AgreeForm(DeskForm):
    """Reviews or approves exactly the decision that the page showed."""

    name = "agree"

    decision = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(DeskForm):
    """Sends a proposal back."""

    name = "return"

    decision = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = Words(
        label=_("What should be looked at again?"), max_length=200, error_messages={"required": _WHY}
    )


class ReopenForm(DeskForm):
    """Opens a decided claim again."""

    name = "reopen"

    reason = Words(label=_("Why is it opened again?"), max_length=200, error_messages={"required": _WHY})


class ClearForm(forms.Form):
    """Says that a finding is in order."""

    reason = forms.CharField(
        label=_("Why is it in order?"), max_length=200, error_messages={"required": _WHY}
    )
