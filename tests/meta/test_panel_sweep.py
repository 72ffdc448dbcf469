"""Every address of the staff panel, for every role, on one's own, a sibling's and a superior's objects (invariant 9).

What is expected is written down here, not taken from the code under test: the permissions of a role are those of
`BUNDLES` (checked against a literal list in test_permissions.py), the objects are those of tests/scene.py.
"""

import pytest
from django.contrib.admin import site
from django.urls import get_resolver, reverse

from tests.scene import OWN, PARENT, SIBLING
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.backoffice.pages import entrance_urls, urls as pages

ROLES = [role.value for role in Role]
MODELS = sorted(model._meta.label_lower for model in site._registry if model._meta.app_label != "auth")

# (role, relation, model) that answer otherwise than "own yes, sibling and parent no; the province sees all".
SEEN_BY_ALL = {(PARENT, "plans.plan"), (PARENT, "plans.planversion")}
# Limits and banks are the same for everybody.
SEEN_BY_ALL |= {(PARENT, "claims.approvallimit"), (PARENT, "claims.bankprofile")}
# A campaign of the province is open to whoever has places of it.
SEEN_BY_ALL |= {(PARENT, "campaigns.campaign")}
HIDDEN = {
    # An industry union crosses enterprises: it sees those that joined, not the unions and campaigns above it.
    ("industry_officer", OWN, "unions.union"),
    ("industry_officer", OWN, "campaigns.campaign"),
    # A paying office lies with the union above, and so does the fund.
    ("industry_officer", OWN, "claims.paymentbatch"),
    ("industry_officer", OWN, "claims.claimsfund"),
    # A clerk sees the enterprise, and the union it belongs to, but not campaigns that give the enterprise nothing.
    ("enterprise_clerk", OWN, "campaigns.campaign"),
}


def may(role: str, permission: str) -> bool:
    return permission in BUNDLES[Role(role)].permissions


def registered(objects: dict) -> list:
    """Those that have a register; the others have pages of their own, or none."""
    return [(label, found) for label, found in objects.items() if label in MODELS]


def views(role: str, label: str) -> bool:
    app, model = label.split(".")
    return may(role, f"{app}.view_{model}") or (adds_and_changes(role, label)[1])


def adds_and_changes(role: str, label: str) -> tuple[bool, bool]:
    """Whether the role may add and change, with the few verbs that have a permission of their own."""
    app, model = label.split(".")
    admin = next(admin for model_, admin in site._registry.items() if model_._meta.label_lower == label)
    special = {
        "funds.entry": ("funds.deposit_fund", None),
        "plans.planversion": ("plans.change_plan", None),
        "campaigns.allotment": ("campaigns.allot_campaign", "campaigns.allot_campaign"),
    }
    add, change = special.get(label, (f"{app}.add_{model}", f"{app}.change_{model}"))
    return admin.addable and may(role, add), admin.changeable and change is not None and may(role, change)


def is_seen(role: str, relation: str, label: str) -> bool:
    if role == "province_officer":
        return True
    if (relation, label) in SEEN_BY_ALL:
        return True
    return relation == OWN and (role, relation, label) not in HIDDEN


@pytest.mark.parametrize("role", ROLES)
def test_lists_and_add_forms_open_as_the_role_permits(client, scene, role):
    client.force_login(scene.officers[role])
    wrong = []
    for label in MODELS:
        app, model = label.split(".")
        for kind, allowed in (("changelist", views(role, label)), ("add", adds_and_changes(role, label)[0])):
            status = client.get(reverse(f"admin:{app}_{model}_{kind}")).status_code
            if status != (200 if allowed else 403):
                wrong.append((label, kind, status))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_objects_open_inside_the_scope_and_are_not_found_outside(client, scene, role):
    client.force_login(scene.officers[role])
    wrong = []
    for relation, objects in scene.objects.items():
        for label, found in registered(objects):
            app, model = label.split(".")
            address = reverse(f"admin:{app}_{model}_change", args=[found.pk])
            expected = 403 if not views(role, label) else 200 if is_seen(role, relation, label) else 404
            status = client.get(address).status_code
            if status != expected:
                wrong.append((relation, label, status, expected))
            reads_log = views(role, label) and may(role, "audit.view_entry")
            expected = expected if reads_log else 403
            status = client.get(reverse(f"admin:{app}_{model}_history", args=[found.pk])).status_code
            if status != expected:
                wrong.append((relation, label, "history", status, expected))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_lists_hold_exactly_the_objects_in_scope(client, scene, role):
    client.force_login(scene.officers[role])
    wrong = []
    for label in MODELS:
        if not views(role, label):
            continue
        app, model = label.split(".")
        change_list = client.get(reverse(f"admin:{app}_{model}_changelist")).context["cl"]
        listed = {row.pk for row in change_list.result_list}
        for relation, objects in scene.objects.items():
            found = objects.get(label)
            if found is not None and (found.pk in listed) != is_seen(role, relation, label):
                wrong.append((relation, label, found.pk in listed))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_deleted_and_no_object_changes_from_outside(client, scene, role):
    client.force_login(scene.officers[role])
    for label, found in registered(scene.objects[SIBLING]):
        app, model = label.split(".")
        arguments = [found.pk]
        deleted = client.post(reverse(f"admin:{app}_{model}_delete", args=arguments), {"post": "yes"})
        assert deleted.status_code == 403, label
        changed = client.post(reverse(f"admin:{app}_{model}_change", args=arguments), {"name": "x"})
        if role != "province_officer":
            assert changed.status_code in (403, 404), label
        assert type(found)._default_manager.filter(pk=found.pk).exists()


AUTOCOMPLETES = [
    ("enterprises", "enterprise", "union", "unions.union"),
    ("workers", "membership", "enterprise", "enterprises.enterprise"),
    ("access", "post", "user", "accounts.user"),
    ("workers", "rosterrow", "roster", "workers.roster"),
    ("workers", "membership", "worker", "workers.worker"),
    ("campaigns", "gift", "campaign", "campaigns.campaign"),
    ("campaigns", "gift", "batch", "campaigns.giftbatch"),
    ("campaigns", "gift", "coverage", "plans.coverage"),
    ("campaigns", "giftbatch", "allotment", "campaigns.allotment"),
    ("funds", "entry", "fund", "funds.fund"),
    ("plans", "planversion", "plan", "plans.plan"),
    ("campaigns", "campaign", "plan_version", "plans.planversion"),
]


@pytest.mark.parametrize("role", ROLES)
def test_autocomplete_offers_what_is_in_scope(client, scene, role):
    client.force_login(scene.officers[role])
    wrong = []
    for app, model, field, label in AUTOCOMPLETES:
        query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
        answer = client.get(reverse("admin:autocomplete"), query)
        if not views(role, label):
            if answer.status_code != 403:
                wrong.append((label, answer.status_code))
            continue
        offered = {result["id"] for result in answer.json()["results"]}
        wrong += [
            (relation, label)
            for relation, objects in scene.objects.items()
            if label in objects and (str(objects[label].pk) in offered) != is_seen(role, relation, label)
        ]
    assert wrong == []


def test_anonymous_visitors_are_sent_to_the_sign_in_page(client, scene):
    addresses = [reverse("admin:index"), reverse("admin:password_change"), reverse("admin:jsi18n")]
    for label, found in registered(scene.objects[OWN]):
        app, model = label.split(".")
        for kind, arguments in (
            ("changelist", []),
            ("add", []),
            ("change", [found.pk]),
            ("history", [found.pk]),
        ):
            addresses.append(reverse(f"admin:{app}_{model}_{kind}", args=arguments))
    for pattern in pages.urlpatterns:
        arguments = [1] * len(pattern.pattern.converters)
        addresses.append(reverse(f"admin:{pattern.name}", args=arguments))
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/admin/login/"), (
            address
        )


@pytest.mark.parametrize("role", ROLES)
def test_workflow_pages_open_as_the_role_permits(client, scene, role):
    client.force_login(scene.officers[role])
    subjects = getattr(pages, "PK_OF", {})
    wrong = []
    for pattern in pages.urlpatterns:
        permitted = all(may(role, permission) for permission in pattern.callback.panel_permissions)
        if not pattern.pattern.converters:
            status = client.get(reverse(f"admin:{pattern.name}")).status_code
            if status not in ((200, 302, 405) if permitted else (403,)):
                wrong.append((pattern.name, status))
            continue
        label = subjects[pattern.name]
        for relation, objects in scene.objects.items():
            if label not in objects:
                continue
            status = client.get(reverse(f"admin:{pattern.name}", args=[objects[label].pk])).status_code
            seen = is_seen(role, relation, label)
            expected = (403,) if not permitted else (200, 204, 302, 405, 409) if seen else (404, 405)
            if status not in expected:
                wrong.append((pattern.name, relation, status, expected))
    assert wrong == []


def test_every_address_of_the_panel_is_known_to_this_sweep():
    swept = {pattern.name for pattern in pages.urlpatterns}
    # Before sign-in; each is tested in tests/web/test_entrance*.py.
    swept |= {pattern.name for pattern in entrance_urls.urlpatterns}
    swept |= {"index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n"}
    swept |= {"view_on_site", "app_list", "search", None}
    for label in MODELS:
        app, model = label.split(".")
        swept |= {f"{app}_{model}_{kind}" for kind in ("changelist", "add", "change", "history", "delete")}
    resolver = next(item for item in get_resolver().url_patterns if getattr(item, "namespace", "") == "admin")
    names = set()
    for pattern in resolver.url_patterns:
        names |= {inner.name for inner in getattr(pattern, "url_patterns", [pattern])}
    assert names - swept == set()
