"""Forms about posts. People and units are typed by name or code, offered from the scope; verbs judge."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from unionbenefits.access.roles import Role
from unionbenefits.accounts.models import User
from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.core import clock
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union

_OFFERED: Final = 300
"""How many people or units a field offers; whoever has more types the code."""


def _day(label: Any, *, required: bool = True, help_text: Any = "", initial: Any = None) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, help_text=help_text, initial=initial, widget=widget
    )


def _person(label: Any, help_text: Any) -> forms.CharField:
    attrs = {"list": "people", "autocomplete": "off", "autocapitalize": "none"}
    return forms.CharField(
        label=label, max_length=60, help_text=help_text, widget=forms.TextInput(attrs=attrs)
    )


class GrantForm(forms.Form):
    """A post for somebody on file or somebody new."""

    username = _person(_("Sign-in name"), _("Of somebody on file, or a new one."))
    name = forms.CharField(
        label=_("Full name"), max_length=60, required=False, help_text=_("Only for somebody new.")
    )
    role = forms.ChoiceField(label=_("Role"))
    place = forms.CharField(
        label=_("Unit"),
        max_length=120,
        help_text=_("Full name or code. A clerk serves an enterprise, every other role a union."),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )
    starts_on = _day(_("First day"), initial=clock.today)
    ends_on = _day(_("Last day"), required=False, help_text=_("Empty: until it is ended."))

    def __init__(self, roles: list[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose the role")), *((role.value, role.label) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of a post."""

    last_day = _day(_("Last day"), initial=clock.today)


class ActForForm(forms.Form):
    """Who stands in, for which days, and why."""

    to = _person(_("Who stands in (sign-in name)"), _("Somebody on file with an open account."))
    starts_on = _day(_("First day"), initial=clock.today)
    ends_on = _day(_("Last day"), help_text=_("Ends by itself; 92 days at most."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Such as maternity leave, training, illness. Both can read it."),
        error_messages={"required": _("Write down why somebody stands in.")},
    )


class HandOverForm(forms.Form):
    """Who takes over, from which day."""

    to = _person(_("Who takes over (sign-in name)"), _("Somebody on file with an open account."))
    first_day = _day(
        _("First day of the new holder"),
        initial=lambda: clock.today() + dt.timedelta(days=1),
        help_text=_("A day to come: until then it can be undone."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class WorkbookForm(forms.Form):
    """A workbook of officers."""

    file = forms.FileField(
        label=_("Workbook"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={"required": _("Choose the workbook."), "empty": _("The file is empty.")},
    )


def people_offered(request: HttpRequest) -> list[tuple[str, str]]:
    """Sign-in names and names of open accounts in scope."""
    known = in_scope(request, User).filter(is_active=True).order_by("username")
    return list(known.values_list("username", "name")[:_OFFERED])


def units_offered(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and codes of unions and enterprises in scope."""
    unions = in_scope(request, Union).order_by("path").values_list("name", "area_code")[:_OFFERED]
    enterprises = in_scope(request, Enterprise).order_by("name").values_list("name", "credit_code")
    return [*unions, *enterprises[:_OFFERED]]
