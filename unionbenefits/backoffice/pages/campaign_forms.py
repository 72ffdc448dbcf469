"""Forms of a campaign's terms and rules. Choices come from the scope of whoever asks."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.campaigns.enums import CampaignState, GiftedBefore, StartRule
from unionbenefits.campaigns.models import Campaign, OccupationGroup
from unionbenefits.funds.models import Fund
from unionbenefits.plans.models import PlanVersion
from unionbenefits.unions.models import Union
from unionbenefits.workers.enums import Occupation

Text = Any


def _day(label: Text, *, required: bool = True, help_text: Text = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class GroupChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Official groups with what they hold."""

    def label_from_instance(self, obj: Any) -> str:
        """`name: occupations`."""
        return f"{obj.name}: {'、'.join(str(Occupation(code).label) for code in obj.occupations)}"


class RulesForm(forms.Form):
    """Terms and rules of a campaign that exists."""

    name = forms.CharField(label=gettext_lazy("Name of the campaign"), max_length=120)
    plan_version: forms.Field = forms.ModelChoiceField(
        queryset=None, required=False, label=gettext_lazy("Plan and version")
    )
    unit_cost = forms.DecimalField(
        label=gettext_lazy("Cost of one gift (元)"),
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Empty: the plan's fee."),
    )
    opens_on = _day(gettext_lazy("Batches from"))
    closes_on = _day(gettext_lazy("Batches until"))
    cover_starts_on = _day(gettext_lazy("Cover from (common date)"), required=False)
    cover_ends_on = _day(
        gettext_lazy("Cover until"), required=False, help_text=gettext_lazy("Empty: a whole year.")
    )
    groups = GroupChoice(
        queryset=None,
        required=False,
        label=gettext_lazy("Official occupation groups"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Their occupations are copied when you save; a later change of the list does not reach "
            "this campaign."
        ),
    )
    occupations = forms.MultipleChoiceField(
        choices=Occupation.choices,
        required=False,
        label=gettext_lazy("Single occupations"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing chosen in either list: every occupation."),
    )
    areas = forms.CharField(
        label=gettext_lazy("Areas"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Beginnings of division codes, with commas between, such as 440605, 440606. Empty: "
            "everywhere. A unit lies where its union does, or the nearest union above it that has a "
            "code."
        ),
    )
    real_name_required = forms.BooleanField(
        required=False,
        label=gettext_lazy("The real-name check of 粤工惠 must be on file"),
    )
    insurance_required = forms.BooleanField(
        required=False,
        label=gettext_lazy("Basic insurance that the plan accepts must be on file"),
    )
    minimum_share_required = forms.BooleanField(
        required=False,
        label=gettext_lazy("The plan's minimum share of each unit must be reached"),
        help_text=gettext_lazy(
            "Counts those covered already; people whom the plan's ages exclude do not count."
        ),
    )
    gifted_before = forms.ChoiceField(
        choices=GiftedBefore.choices,
        label=gettext_lazy("People gifted before"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Looks at all campaigns of the same plan, through whichever unit."),
    )
    gifted_since = _day(
        gettext_lazy("Only gifts issued since"),
        required=False,
        help_text=gettext_lazy("Earlier gifts do not count as gifted before. Empty: all count."),
    )
    start_rule = forms.ChoiceField(
        choices=StartRule.choices,
        label=gettext_lazy("Start of cover"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Continuing leaves neither overlap nor gap: whoever is still covered starts on the day "
            "after, for as long as the others."
        ),
    )
    renews: forms.Field = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Continues the campaign"),
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("Then this campaign lists who was dropped."),
    )
    second_approval_above = forms.DecimalField(
        label=gettext_lazy("Second approval above (元)"),
        max_digits=12,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=gettext_lazy("A batch of more needs two approvers. Empty: one is enough."),
    )
    return_waiting = forms.BooleanField(
        required=False,
        label=gettext_lazy("Return the batches that wait; they are put forward again under the new rules"),
    )

    SECTIONS: ClassVar[tuple[tuple[Text, tuple[str, ...]], ...]] = (
        (gettext_lazy("Gift and dates"), ("name", "plan_version", "unit_cost", "opens_on", "closes_on")),
        (gettext_lazy("Cover"), ("cover_starts_on", "cover_ends_on", "start_rule", "renews")),
        (gettext_lazy("Who may get it"), ("groups", "occupations", "areas")),
        (
            gettext_lazy("What must be on file"),
            ("real_name_required", "insurance_required", "minimum_share_required"),
        ),
        (gettext_lazy("Gifts before, approval"), ("gifted_before", "gifted_since", "second_approval_above")),
    )

    def __init__(self, request: HttpRequest, campaign: Campaign | None, data: Any = None) -> None:
        super().__init__(data, initial=_initial(campaign))
        fields: Any = self.fields
        fields["plan_version"].queryset = in_scope(request, PlanVersion).select_related("plan")
        fields["groups"].queryset = in_scope(request, OccupationGroup)
        others = in_scope(request, Campaign).exclude(state=CampaignState.DRAFT)
        fields["renews"].queryset = others.exclude(pk=campaign.pk) if campaign else others

    def clean_areas(self) -> list[str]:
        """Each once, as given; the verb says what is wrong with one."""
        text = self.cleaned_data["areas"].replace("，", ",").replace("、", ",").replace(" ", ",")
        return list(dict.fromkeys(part for part in text.split(",") if part))

    def clean(self) -> dict[str, Any]:
        """Groups and single occupations become one list, in the order of the closed list."""
        values: dict[str, Any] = super().clean() or {}
        chosen = set(values.get("occupations") or ())
        for group in values.pop("groups", None) or ():
            chosen.update(group.occupations)
        values["occupations"] = [code for code in Occupation.values if code in chosen]
        return values

    def sections(self) -> list[tuple[Text, list[Any]]]:
        """The fields under their headings, for the template."""
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]


class SetupForm(RulesForm):
    """A campaign that does not exist yet: with its code, its owner and its funds."""

    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=30,
        help_text=gettext_lazy("Letters, digits and dashes; commands and files use it."),
    )
    owner: forms.Field = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Owner"))
    funds: forms.Field = forms.ModelMultipleChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Funds"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Used one after the other; shares and limits are set on the campaign's page of money."
        ),
    )

    SECTIONS: ClassVar[tuple[tuple[Text, tuple[str, ...]], ...]] = (
        (
            gettext_lazy("Gift and dates"),
            ("name", "code", "owner", "plan_version", "unit_cost", "funds", "opens_on", "closes_on"),
        ),
        *RulesForm.SECTIONS[1:],
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(request, None, data)
        fields: Any = self.fields
        del fields["return_waiting"]
        fields["owner"].queryset = in_scope(request, Union)
        fields["funds"].queryset = in_scope(request, Fund)
        for name in ("plan_version", "cover_starts_on"):
            fields[name].required = True
        fields["plan_version"].error_messages["required"] = _("Choose the plan.")


def _initial(campaign: Campaign | None) -> dict[str, Any]:
    """What is on file; for a new campaign the rules that ask nothing."""
    if campaign is None:
        return {"gifted_before": GiftedBefore.ALLOWED, "start_rule": StartRule.COMMON_DATE}
    names = set(RulesForm.base_fields) - {"groups", "areas", "return_waiting", "plan_version", "renews"}
    found = {name: getattr(campaign, name) for name in names}
    return found | {
        "areas": ", ".join(campaign.areas),
        "plan_version": campaign.plan_version_id,
        "renews": campaign.renews_id,
    }
