"""The filters of the audit log."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.accounts.models import User
from unionbenefits.audit.searching import Wanted
from unionbenefits.audit.words import ACTS
from unionbenefits.backoffice.pages.base import in_scope

_MOST_PEOPLE = 200
# The first part of acts' codes, as people group them.
AREAS = {
    "batch": gettext_lazy("Gift batches"),
    "campaign": gettext_lazy("Campaigns"),
    "claim": gettext_lazy("Claims"),
    "coverage": gettext_lazy("Cover"),
    "enterprise": gettext_lazy("Enterprises"),
    "export": gettext_lazy("Files made"),
    "fund": gettext_lazy("Funds"),
    "payment": gettext_lazy("Payments"),
    "plan": gettext_lazy("Plans"),
    "post": gettext_lazy("Posts"),
    "roster": gettext_lazy("Rosters"),
    "union": gettext_lazy("Unions"),
    "user": gettext_lazy("Staff users"),
    "worker": gettext_lazy("Workers"),
}


def acts_offered() -> list[tuple[str, Any]]:
    """Whole areas, then each act under its area; the rest under "Other"."""
    groups: dict[str, list[tuple[str, Any]]] = {}
    for code, sentence in ACTS.items():
        groups.setdefault(code.partition(".")[0] if code.partition(".")[0] in AREAS else "", []).append(
            (code, sentence)
        )
    offered: list[tuple[str, Any]] = [("", _("Any"))]
    for area, label in AREAS.items():
        everything = (f"{area}.", _("All: %(area)s") % {"area": label})
        offered.append((str(label), [everything, *groups.get(area, [])]))
    return [*offered, (_("Other"), groups.get("", []))]


def kinds_offered() -> list[tuple[str, str]]:
    """Models of ours by name."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("unionbenefits."))
    named = {
        model._meta.label_lower: capfirst(str(model._meta.verbose_name))
        for model in ours
        if not model.__name__.endswith("Event")
    }
    return [("", _("Any")), *sorted(named.items(), key=lambda one: one[1])]


class LogForm(forms.Form):
    """Who, which act, which object, from day to day. Everything may stay empty."""

    who = forms.CharField(
        label=gettext_lazy("Who"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Name or sign-in name of staff"),
    )
    act = forms.ChoiceField(label=gettext_lazy("Act"), required=False, choices=acts_offered)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of object"), required=False, choices=kinds_offered)
    number = forms.CharField(label=gettext_lazy("Its number"), max_length=20, required=False)
    first_day = forms.DateField(
        label=gettext_lazy("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last_day = forms.DateField(
        label=gettext_lazy("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, request: HttpRequest, data: QueryDict) -> None:
        super().__init__({name: data.get(name, "").replace("\x00", "") for name in self.base_fields})
        self._request = request

    def clean(self) -> dict[str, Any]:
        """The first day is not after the last."""
        given = self.cleaned_data
        if given.get("first_day") and given.get("last_day") and given["first_day"] > given["last_day"]:
            self.add_error("last_day", _("The last day lies before the first."))
        return given

    def wanted(self) -> Wanted | None:
        """What is asked for; None while a filter is wrong."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        return wanted_of(given, self._actors(given["who"]) if given["who"] else None)

    def _actors(self, text: str) -> tuple[str, ...]:
        """Staff in scope by a part of the name, or the name as the log writes it."""
        if ":" in text:
            return (text,)
        found = in_scope(self._request, User).filter(Q(username__icontains=text) | Q(name__icontains=text))
        return tuple(user.audit_name for user in found[:_MOST_PEOPLE])

    def params(self) -> dict[str, Any]:
        """The same as plain data for a job, people resolved."""
        given = {name: str(value) for name, value in self.cleaned_data.items() if value}
        if "who" in given:
            given["actors"] = list(self._actors(given["who"]))  # type: ignore[assignment]
        return given

    def as_query(self) -> Iterable[tuple[str, str]]:
        """What was typed, for hidden fields."""
        return [(name, value) for name, value in self.data.items() if value]

    def address(self) -> str:
        """What was typed, for a link."""
        return urlencode(dict(self.as_query()))


def wanted_of(given: dict[str, Any], actors: tuple[str, ...] | None) -> Wanted:
    """From cleaned fields."""
    return Wanted(
        actors=actors,
        act=given.get("act", ""),
        kind=given.get("kind", ""),
        number=given.get("number", ""),
        first_day=given.get("first_day"),
        last_day=given.get("last_day"),
    )
