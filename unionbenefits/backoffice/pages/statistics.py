"""The association's cumulative statistics, and the form for their opening figures."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import charts
from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.plans.statistics import enrolments_since_base_year, enter_opening_figures

VIEW = "plans.view_openingfigures"
ENTER = "plans.add_openingfigures"


class OpeningForm(forms.Form):
    """What had been reached before this system kept count."""

    since_year = forms.IntegerField(label=gettext_lazy("Base year"), min_value=1949, max_value=2100)
    until = forms.DateField(
        label=gettext_lazy("Figures up to and including"), widget=forms.DateInput(attrs={"type": "date"})
    )
    enrolments = forms.IntegerField(label=gettext_lazy("Enrolments (person-times)"), min_value=0)
    payouts = forms.IntegerField(label=gettext_lazy("Payouts (person-times)"), min_value=0)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount paid (yuan)"), min_value=0, max_digits=16, decimal_places=2
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)


@page(VIEW)
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Enrolments since the base year, by year, with the opening figures that they rest on."""
    return _statistics_page(request, OpeningForm())


@page(VIEW, ENTER)
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """New or corrected opening figures."""
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _statistics_page(request, form, status=422)
    try:
        enter_opening_figures(by=officer(request), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _statistics_page(request, form, status=409)
    messages.success(request, _("The opening figures are written down."))
    return redirect("admin:statistics")


def _statistics_page(request: HttpRequest, form: OpeningForm, status: int = 200) -> HttpResponse:
    found = enrolments_since_base_year()
    largest = max((year.enrolments for year in found.by_year), default=0)
    context = {
        "found": found,
        "years": [(year, charts.bar([("used", year.enrolments)], largest)) for year in found.by_year],
        "as_of": clock.today(),
        "form": form,
        "may_enter": request.user.has_perm(ENTER),
    }
    return render_page(
        request,
        "admin/pages/statistics.html",
        title=_("Cumulative statistics"),
        context=context,
        status=status,
    )
