"""Forms of the workflow pages. Choices come from the scope of whoever asks, and from nowhere else."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.campaigns.models import Allotment
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster.states import RosterMode, RosterState


class RosterChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Applied rosters, told apart by file, unit and day."""

    def label_from_instance(self, obj: Any) -> str:
        """`file (unit, day)`."""
        day = obj.applied_at.date().isoformat() if obj.applied_at else ""
        return f"{obj.enterprise.name} · {obj.file_name} · {day}"


class CandidatesForm(forms.Form):
    """Whom a batch is to be made of: everybody of the unit, or the people of one applied roster."""

    roster = RosterChoice(
        queryset=None,
        required=False,
        label=_("People"),
        empty_label=_("All present members of the unit"),
    )

    def __init__(self, request: HttpRequest, allotment: Allotment, data: Any) -> None:
        super().__init__(data)
        rosters = in_scope(request, Roster).filter(state=RosterState.APPLIED).select_related("enterprise")
        if allotment.enterprise_id is not None:
            rosters = rosters.filter(enterprise=allotment.enterprise_id)
        self.fields["roster"].queryset = rosters.order_by("-pk")  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """Why a batch goes back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Say why, so that the preparer knows what to mend.")},
    )


class UndoForm(forms.Form):
    """Which gifts of an issued batch to undo, from which day, and why."""

    which = forms.ChoiceField(choices=[("ticked", _("Only the ticked lines")), ("all", _("The whole batch"))])
    from_day = forms.DateField(
        label=_("First day without cover"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: as if the cover had never begun."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, error_messages={"required": _("Write down why.")}
    )


class UploadForm(forms.Form):
    """A roster file, for which enterprise, and how it is meant."""

    enterprise: forms.Field = forms.ModelChoiceField(
        queryset=None, label=_("Enterprise"), empty_label=_("Choose the enterprise")
    )
    mode = forms.ChoiceField(
        label=_("The file is"),
        choices=RosterMode.choices,
        initial=RosterMode.ADDITIONS,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("File"),
        max_length=200,
        error_messages={
            "required": _("Choose the roster file."),
            "empty": _("The file is empty. Choose the roster again."),
            "max_length": _("The file name is too long. Shorten it, then upload again."),
        },
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enterprises = in_scope(request, Enterprise).filter(closed_on__isnull=True).order_by("name")
        self.fields["enterprise"].queryset = enterprises  # type: ignore[attr-defined]
