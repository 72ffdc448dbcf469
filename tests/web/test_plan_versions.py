"""The register of plan versions: papers are ticked, and shown by name."""

from django.urls import reverse

from tests.factories import PlanFactory, PlanVersionFactory
from unionbenefits.plans.enums import PaperKind
from unionbenefits.plans.models import PlanVersion

FORM = {
    "valid_from": "2027-01-01",
    "fee": "95.00",
    "rates": "0.80,0.70",
    "deductible": "0.00",
    "waiting_days": "30",
    "straddle": "admission_date",
    "episode_gap_days": "1",
    "filing_deadline_days": "730",
    "promised_days": "15",
    "required_papers": ["statement", "bank_card"],
    "age_floor": "16",
    "minimum_share": "0.80",
    "everyone_below": "50",
}
ADD = "admin:plans_planversion_add"


def test_new_terms_with_ticked_papers_and_a_promise(office, sign_in):
    client = sign_in(office.officers["province_officer"])
    page = client.get(reverse(ADD)).content.decode()
    for kind in ("statement", "invoice", "discharge"):
        assert f'value="{kind}"' in page
    assert page.count("checked") >= 3
    answer = client.post(reverse(ADD), FORM | {"plan": PlanFactory().pk})
    assert answer.status_code == 302, answer.content.decode()
    version = PlanVersion.objects.get()
    assert (version.required_papers, version.promised_days) == (["statement", "bank_card"], 15)


def test_a_promise_of_no_day_and_an_unknown_paper_are_refused(office, sign_in):
    client = sign_in(office.officers["province_officer"])
    for wrong in ({"promised_days": "0"}, {"required_papers": ["passport"]}):
        answer = client.post(reverse(ADD), FORM | {"plan": PlanFactory().pk} | wrong)
        assert answer.status_code == 200
        assert answer.context["errors"]
    assert not PlanVersion.objects.exists()


def test_the_register_names_the_papers(office, sign_in):
    version = PlanVersionFactory(required_papers=["statement", "other"])
    client = sign_in(office.officers["province_officer"])
    page = client.get(reverse("admin:plans_planversion_change", args=[version.pk])).content.decode()
    assert str(version.promised_days) in page
    for kind in ("statement", "other"):
        assert str(PaperKind(kind).label) in page
