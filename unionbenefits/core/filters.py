"""Filters of registers, kept to the scope."""

from typing import Any

from django import forms
from django.db.models import DateTimeField, Model, QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter
from unfold.contrib.filters.forms import AutocompleteDropdownForm

from unionbenefits.core.scope import scoped


class ScopedAutocompleteForm(AutocompleteDropdownForm):
    """Unfold's filter field, which would name any object by its key, kept to the scope."""

    def __init__(self, request: HttpRequest, name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, name, *args, **kwargs)
        self.fields[name].queryset = scoped(kwargs["field"].remote_field.model, request)


class ScopedFilter(AutocompleteSelectFilter):
    """A filter by a related object: type a part of its name, choose among those in scope."""

    form_class = ScopedAutocompleteForm


class DayFilter(RangeDateFilter):
    """From a day to a day, both included, also where the column holds an instant."""

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model] | None:
        """Instants are compared by their day in Asia/Shanghai (invariant 12)."""
        path = f"{self.field_path}__date" if isinstance(self.field, DateTimeField) else self.field_path
        for end, lookup in (("from", "gte"), ("to", "lte")):
            text = self.used_parameters.get(f"{self.field_path}_{end}")
            if text:
                day = forms.DateField().clean(text)
                queryset = queryset.filter(**{f"{path}__{lookup}": day})
        return queryset
