"""Registers of the staff panel: scoped, masked, and changed only through verbs (invariants 9 and 11).

Every ModelAdmin of ours derives from `ScopedAdmin`. It knows nothing of roles: what the person may see is
`request.scope`, and what they may do are Django permissions.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django import forms
from django.contrib.admin import ShowFacets
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Field, ForeignKey, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.views import ChangeList

from unionbenefits.core import scope as scopes
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.paging import LookAheadPaginator, page_asked
from unionbenefits.core.scope import scoped

# What a filter may put behind its field's name in the address.
_LOOKUPS = frozenset({"exact", "id", "pk", "isnull", "in", "gte", "gt", "lte", "lt", "from", "to"})


class VerbForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form whose verb may refuse: the sentence shows above the fields and nothing typed is lost."""

    refusal: ClassVar[Refusal | None] = None
    request: ClassVar[HttpRequest]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.declared_fields:
            field = self.fields.get(name)
            if field is not None and field.label:
                field.label = capfirst(field.label)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.in_scope(scopes.of_request(self.request))  # type: ignore[union-attr]

    def _post_clean(self) -> None:
        """Constraints are left to the verb, which says what to do where Django would name a constraint."""
        self.instance.validate_constraints = lambda exclude=None: None  # noqa: ARG005
        try:
            super()._post_clean()  # type: ignore[misc]
        finally:
            del self.instance.validate_constraints

    def clean(self) -> dict[str, Any] | None:
        """Reports the refusal of the attempt before."""
        cleaned: dict[str, Any] | None = super().clean()
        if self.refusal is not None:
            self.add_error(None, str(self.refusal))
        return cleaned


class RegisterList(ChangeList):
    """The list of a register; a row opens the workflow page of the object where there is one."""

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        """Asked for in every heading, and unfold asks for the headings anew at every row: remembered."""
        known: dict[str, str] = self.__dict__.setdefault("_query_strings", {})
        key = repr((new_params, remove))
        if key not in known:
            known[key] = str(super().get_query_string(new_params, remove))
        return known[key]

    def get_ordering_field_columns(self) -> dict[int, str]:
        """The same: read from the order once."""
        if "_ordered_by" not in self.__dict__:
            self._ordered_by: dict[int, str] = super().get_ordering_field_columns()
        return self._ordered_by

    def get_results(self, request: HttpRequest) -> None:
        """Takes the rows of a short list from the paginator as well, which found them already."""
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list

    def url_for_result(self, result: Model) -> str:
        """The row's address."""
        if self.model_admin.row_page:
            return reverse(f"admin:{self.model_admin.row_page}", args=[result.pk])
        return str(super().url_for_result(result))


class _Scoped:
    """What registers and the tables inside their pages share: rows in scope; nothing is deleted."""

    model: type[Model]
    list_select_related: Any = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """Rows in scope, with what the columns show of related rows."""
        rows: Any = super().get_queryset(request)  # type: ignore[misc]
        scoped_rows: QuerySet[Model] = rows.in_scope(scopes.of_request(request))
        related = self.list_select_related
        return scoped_rows.select_related(*related) if related else scoped_rows

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Rows are ended, closed, returned or reversed by verbs; none is deleted."""
        return False


class ScopedAdmin(_Scoped, ModelAdmin):
    """A register. Read-only unless `addable` or `changeable` say that a verb stands behind.

    Subclasses give `fieldsets` (all read-only but for `editable`), `add_fieldsets`, and the verbs `add` and
    `change`.
    """

    paginator = LookAheadPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    list_filter_submit = True
    list_before_template = "admin/register_head.html"
    list_disable_select_all = True
    actions = None
    view_on_site = False
    form = VerbForm
    add_form: type[VerbForm] | None = None
    compressed_fields = True

    addable = False
    changeable = False
    # Fields of the change form that are no columns, such as a new password: shown to those who may change.
    change_fieldsets: ClassVar[tuple[Any, ...]] = ()
    editable: ClassVar[tuple[str, ...]] = ()
    # The name of a workflow page (backoffice) that a row opens instead of the register's own page.
    row_page = ""
    # Registers that list what belongs to an object: (label, app_model, filter parameter).
    related_registers: ClassVar[tuple[tuple[str | Promise, str, str], ...]] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only with a verb, and the permission."""
        return self.addable and bool(super().has_add_permission(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only with a verb, and the permission."""
        return self.changeable and bool(super().has_change_permission(request, obj))

    # --- reading

    def get_paginator(
        self,
        request: HttpRequest,
        queryset: QuerySet[Model],
        per_page: int,
        orphans: int = 0,
        allow_empty_first_page: bool = True,
    ) -> Paginator:  # type: ignore[type-arg]
        """Counts from the page asked for."""
        return self.paginator(
            queryset,
            per_page,
            orphans=orphans,
            allow_empty_first_page=allow_empty_first_page,
            page=page_asked(request),
            hits=bool(request.GET.get(SEARCH_VAR)),
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The list. An address with a character that no text may hold is mangled: 400."""
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            raise BadRequest
        answer: TemplateResponse = super().changelist_view(request, extra_context)
        return answer

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> Any:
        """Tables stand on the page of an existing object, to read; a sent form has nothing of them."""
        return self.inlines if obj is not None and request.method == "GET" else ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002
        """Ours."""
        return RegisterList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        """The object, if in scope; it remembers for whom it is shown (`related` asks)."""
        found: Model | None = super().get_object(request, object_id, from_field)
        if found is not None:
            found.shown_to = request  # type: ignore[attr-defined]
        return found

    def _get_obj_does_not_exist_redirect(self, *_args: Any) -> HttpResponse:
        raise Http404

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:  # noqa: ARG002
        """Only what the register's filters ask: any other could probe what one may not see."""
        for item in self.list_filter:
            root = item if isinstance(item, str) else _root(item)
            rest = lookup.removeprefix(root)
            if rest != lookup and set(filter(None, rest.split("_"))) <= _LOOKUPS:
                return True
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """What is on file, and below it what may be entered."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and self.has_change_permission(request, obj):
            return (*fieldsets, *self.change_fieldsets)
        return fieldsets

    def get_search_results(
        self, _request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """The rows that `find` finds; no join, so no row comes twice."""
        text = search_term.replace("\x00", "").strip()
        return (self.find(queryset, text) if text else queryset), False

    def find(self, rows: QuerySet[Model], text: str) -> QuerySet[Model]:
        """Rows where one of `search_fields` contains the text, in whatever case."""
        conditions = [Q(**{f"{name}__icontains": text}) for name in self.search_fields]
        return rows.filter(reduce(or_, conditions))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """All that is shown and not `editable`; on a new object, nothing."""
        if obj is None:
            return []
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        entered = {*self.editable, *flatten_fieldsets(self.change_fieldsets)}
        return [name for name in shown if name not in entered]

    def get_field_queryset(self, _db: Any, db_field: ForeignKey, request: HttpRequest) -> QuerySet[Model]:  # type: ignore[type-arg]
        """Choices of a related field: those in scope."""
        return scoped(db_field.remote_field.model, request)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:  # type: ignore[type-arg]
        """Related fields without side doors to other forms."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(formfield, "widget", None)
        for side_door in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            if hasattr(widget, side_door):
                setattr(widget, side_door, False)
        return formfield

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what of the object, for everybody who may see it; names only of staff in scope."""
        found = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        if found is None:
            raise Http404
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subject": found,
            "opts": self.opts,
            "kind": self.opts.verbose_name,
            "object_href": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[found.pk]
            ),
            **self.admin_site.history_of(request, found),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    # --- writing

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Model:
        """The verb behind the form for a new object. Raises Refusal."""
        raise NotImplementedError

    def change(self, request: HttpRequest, found: Model, values: dict[str, Any]) -> None:
        """The verb behind the form for an existing one; `found` is as stored. Raises Refusal."""
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A refused verb answers with the form, its sentence on top; the attempt is rolled back whole."""
        context = (extra_context or {}) | {
            "related_links": self._related_links(request, object_id),
            "show_save_and_add_another": object_id is None,
            "show_save_and_continue": False,
        }
        try:
            return super().changeform_view(request, object_id, form_url, context)  # type: ignore[no-any-return]
        except NotFound:
            raise Http404
        except (Refusal, IntegrityError) as error:
            request.refusal = error if isinstance(error, Refusal) else _conflict()  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, context)  # type: ignore[no-any-return]

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[VerbForm]:
        """The form, told of a refusal of this very request."""
        if obj is None and self.add_form is not None:
            kwargs["form"] = self.add_form
        form: type[VerbForm] = super().get_form(request, obj, change=change, **kwargs)
        form.request, form.refusal = request, getattr(request, "refusal", None)
        return form

    def save_model(self, request: HttpRequest, obj: Model, form: VerbForm, change: bool) -> None:
        """Calls the verb; `obj`, which the form filled in, is only read for what to show afterwards."""
        if change:
            self.change(request, self.get_queryset(request).get(pk=obj.pk), form.cleaned_data)
        else:
            obj.__dict__.update(self.add(request, form.cleaned_data).__dict__)

    def save_related(self, *_args: Any) -> None:
        """Verbs write all there is to write."""

    def log_addition(self, *_args: Any) -> None:
        """The audit log has the entry; Django's own log would keep names in plain text."""

    log_change = log_deletion = log_addition

    @classmethod
    def also_show(cls, inline: type["ScopedInline"]) -> None:
        """Lets an app above put a table of its own on this register's pages (its `admin.py` calls this)."""
        cls.inlines = (*cls.inlines, inline)

    # --- showing

    def _related_links(self, request: HttpRequest, object_id: str | None) -> list[tuple[str | Promise, str]]:
        if object_id is None:
            return []
        links = []
        for label, register, parameter in self.related_registers:
            app, model = register.split(".")
            if request.user.has_perm(f"{app}.view_{model}"):
                address = reverse(f"{self.admin_site.name}:{app}_{model}_changelist")
                links.append((label, f"{address}?{urlencode({parameter: unquote(object_id)})}"))
        return links


class ScopedInline(_Scoped, TabularInline):
    """A read-only table inside an object's page: only the rows in scope."""

    extra = 0
    max_num = 0
    can_delete = False
    hide_title = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Never here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Never here."""
        return False

    def get_readonly_fields(self, _request: HttpRequest, _obj: Model | None = None) -> Iterable[str]:
        """All."""
        return tuple(self.fields or ())


def _conflict() -> Refusal:
    """What the database refused though no verb foresaw it: somebody was quicker, mostly."""
    return Refusal(
        "conflict",
        _("This does not fit what is on file by now. Open the page again, check and save once more."),
    )


def _root(item: Any) -> str:
    """The parameter that a filter of `list_filter` uses: a (field, class) pair or a class."""
    return str(item[0]) if isinstance(item, tuple | list) else str(item.parameter_name)
