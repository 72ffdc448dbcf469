"""Every address of the staff panel, for every role, on one's own, a sibling's and a superior's objects (invariant 9).

What is expected is written down here, not taken from the code under test: the permissions of a role are those of
`BUNDLES` (checked against a literal list in test_permissions.py), the objects are those of tests/scene.py.
"""

import logging

import pytest
from django.contrib import auth
from django.contrib.admin import site
from django.template.response import SimpleTemplateResponse
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
    if label in ("access.export", "access.savedview", "accounts.passkey", "workers.bulkchange"):
        # Files that one had made and one's own keys: nobody else gets them, whatever the posts.
        return (role, relation) == ("union_officer", OWN)
    if role == "province_officer":
        return True
    if (relation, label) in SEEN_BY_ALL:
        return True
    return relation == OWN and (role, relation, label) not in HIDDEN


@pytest.fixture
def drawn_once(monkeypatch):
    """Each page is drawn for the first role that gets it; of the others the answer is looked at, not the drawing."""
    whole = SimpleTemplateResponse.rendered_content.fget

    def rendered(response):
        page = response._request.resolver_match.view_name
        if page in DRAWN:
            return ""
        DRAWN.add(page)
        return whole(response)

    def framed(request):
        return {} if request.resolver_match.view_name in DRAWN else frame(request)

    frame = site.each_context
    # A refusal's trace in the log costs as much as the refusal.
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", property(rendered))
    monkeypatch.setattr(site, "each_context", framed)


DRAWN: set[str] = set()


@pytest.mark.parametrize("role", ROLES)
def test_the_panel_answers_as_role_and_scope_permit(client, scene, drawn_once, monkeypatch, role):
    officer = scene.officers[role]
    client.force_login(officer)
    # The posts do not change while this role looks around: they are read once, not 480 times.
    monkeypatch.setattr(auth, "get_user", lambda _request: officer)
    wrong = [
        *lists(client, scene, role),
        *forms(client, role),
        *objects_of(client, scene, role),
        *autocompletes(client, scene, role),
        *pages_of(client, scene, role),
    ]
    assert wrong == []


def lists(client, scene, role):
    """A list holds exactly the objects in scope, and so do the choices of its filters."""
    for label in MODELS:
        answer = client.get(address_of(label, "changelist"))
        if answer.status_code != (200 if views(role, label) else 403):
            yield label, "list", answer.status_code
        if answer.status_code != 200:
            continue
        found = answer.context_data["cl"]
        listed = {row.pk for row in found.result_list}
        yield from misplaced(scene, role, label, listed, "list")
        for choices in found.filter_specs:
            if getattr(getattr(choices, "field", None), "remote_field", None):
                form = next(iter(choices.choices(found)))["form"]
                offered = next(iter(form.fields.values())).queryset
                chosen = {row.pk for row in offered}
                yield from misplaced(scene, role, offered.model._meta.label_lower, chosen, f"{label} filter")


def misplaced(scene, role, label, keys, where):
    """The scene's objects that are in a list and should not be, or the other way round."""
    for relation, objects in scene.objects.items():
        found = objects.get(label)
        if found is not None and (found.pk in keys) != is_seen(role, relation, label):
            yield relation, label, where, found.pk in keys


def forms(client, role):
    """A form for a new object opens for those who may add one."""
    for label in MODELS:
        status = client.get(address_of(label, "add")).status_code
        if status != (200 if adds_and_changes(role, label)[0] else 403):
            yield label, "add", status


def objects_of(client, scene, role):
    """Objects and their history open inside the scope, are not found outside, and nothing changes from there.

    Whether the role may at all is asked before where the object lies: then one object shows it.
    """
    for relation, objects in scene.objects.items():
        for label, found in registered(objects):
            allowed = views(role, label)
            if not allowed and relation != OWN:
                continue
            expected = 403 if not allowed else 200 if is_seen(role, relation, label) else 404
            for kind in ("change", "history"):
                status = client.get(address_of(label, kind, found.pk)).status_code
                if status != expected:
                    yield relation, label, kind, status, expected
            if relation == SIBLING:
                yield from untouched(client, role, label, found)


def untouched(client, role, label, found):
    """Nobody deletes, not even who may do most; nobody but the province changes an object of another branch."""
    if role in ("province_officer", "administrator"):
        deleted = client.post(address_of(label, "delete", found.pk), {"post": "yes"}).status_code
        if deleted != 403:
            yield label, "delete", deleted
    if role != "province_officer":
        changed = client.post(address_of(label, "change", found.pk), {"name": "x"}).status_code
        if changed not in (403, 404):
            yield label, "change", changed
    if not type(found)._default_manager.filter(pk=found.pk).exists():
        yield label, "gone"


def autocompletes(client, scene, role):
    """Every field that is chosen by typing offers what is in scope, to those who may see it."""
    for label, query in ASKED_FOR.items():
        answer = client.get(reverse("admin:autocomplete"), query)
        if not views(role, label):
            if answer.status_code != 403:
                yield label, "autocomplete", answer.status_code
            continue
        offered = {int(result["id"]) for result in answer.json()["results"]}
        yield from misplaced(scene, role, label, offered, "autocomplete")


def related_fields():
    """Each model that some register lets one choose, with one query that asks for it."""
    found = {}
    for model, admin in site._registry.items():
        names = {
            *admin.autocomplete_fields,
            *(item[0] for item in admin.list_filter if is_related(model, item)),
        }
        for name in names:
            meta = model._meta
            query = {
                "app_label": meta.app_label,
                "model_name": meta.model_name,
                "field_name": name,
                "term": "",
            }
            found[meta.get_field(name).remote_field.model._meta.label_lower] = query
    return found


def is_related(model, item):
    return isinstance(item, tuple) and model._meta.get_field(item[0]).is_relation


ASKED_FOR = related_fields()


def pages_of(client, scene, role):
    """Pages of work: opened as the role permits, on objects in scope; what they do is refused outside it."""
    for pattern in pages.urlpatterns:
        permitted = all(may(role, permission) for permission in pattern.callback.panel_permissions)
        if not pattern.pattern.converters:
            status = client.get(reverse(f"admin:{pattern.name}")).status_code
            if status not in ((200, 302, 405) if permitted else (403,)):
                yield pattern.name, status
            continue
        label = pages.PK_OF[pattern.name]
        for relation, objects in scene.objects.items():
            if label not in objects or not (permitted or relation == OWN):
                continue
            seen = is_seen(role, relation, label)
            expected = (403,) if not permitted else (200, 204, 302, 405, 409) if seen else (404, 405)
            address = reverse(f"admin:{pattern.name}", args=[objects[label].pk])
            status = client.get(address).status_code
            if status not in expected:
                yield pattern.name, relation, status, expected
            if not seen:
                status = client.post(address).status_code
                if status not in (403, 404, 405):
                    yield pattern.name, relation, "post", status


def address_of(label, kind, *arguments):
    app, model = label.split(".")
    return reverse(f"admin:{app}_{model}_{kind}", args=arguments)


def test_the_scene_has_an_object_for_every_page(scene):
    labels = {label for objects in scene.objects.values() for label in objects}
    assert set(pages.PK_OF.values()) - labels == set()


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
