import pytest
from django.contrib.auth import authenticate

from unionbenefits.access.models import Post
from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.audit.models import Entry
from unionbenefits.demo import organisation, staff, units
from unionbenefits.demo.units import Industry
from unionbenefits.enterprises.models import Enterprise, IndustryAffiliation
from unionbenefits.unions.models import Union

pytestmark = pytest.mark.django_db


def build() -> tuple[organisation.Organisation, staff.Staff]:
    built = organisation.build(units.units())
    return built, staff.employ(built, built.enterprises[units.units()[0].enterprise_code])


def counts() -> list[int]:
    return [model.objects.count() for model in (Union, Enterprise, IndustryAffiliation, User, Post, Entry)]


def test_organisation_built_again_adds_nothing():
    build()
    first = counts()
    build()
    assert counts() == first
    assert first[:3] == [3 + 1 + 7 + 4 + 35 + 1, 35 + 3, 35]


def test_organisation_interrupted_half_way_is_completed():
    organisation.build(units.units()[:3])
    organisation.build(units.units())
    assert Union.objects.count() == 51


def test_staff_see_what_lies_under_their_posts():
    built, people = build()
    seen = {name: Enterprise.objects.in_scope(scope_of(user)).count() for name, user in people.users.items()}
    assert seen == {
        "province": 35,
        "nanhai": 35,
        "nanhai2": 35,
        "transport": sum(unit.industry is Industry.TRANSPORT for unit in units.units()),
        "clerk": 1,
        "claims": 35,
        "reviewer": 35,
        "approver": 35,
        "cashier": 35,
        "cashier2": 35,
        "mediator": 35,
        "auditor": 35,
        "admin": 35,
        "tester": 3,
    }
    assert Union.objects.in_scope(scope_of(people["tester"])).get() == built.test_union


def test_printed_passwords_open_the_panel():
    _built, people = build()
    for sign_in in people.sign_ins:
        assert authenticate(username=sign_in.username, password=staff.PASSWORD) == people[sign_in.username]
