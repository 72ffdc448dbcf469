"""What is on file about a signed-in worker, from whom it came and who looked, for “My data”."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.access.roles import Role
from unionbenefits.audit.queries import looks_at
from unionbenefits.core import clock
from unionbenefits.core.masking import mask_account, mask_document, mask_name, mask_phone
from unionbenefits.portal.consent_words import WORDS, ConsentWords
from unionbenefits.workers.enums import ConsentKind
from unionbenefits.workers.models import BankAccount, Consent, Membership, Worker
from unionbenefits.workers.queries import account_of, acts_on

Text = str | Promise
_ACTS: dict[str, Text] = {
    "worker.set_standing": gettext_lazy("Basic insurance or real-name check, written down"),
    "worker.correct_name": gettext_lazy("Name, put right"),
    "worker.correct_number": gettext_lazy("Document number, put right"),
    "worker.change_phone": gettext_lazy("Phone number, changed"),
    "worker.take_back_phone": gettext_lazy("Phone number, put back"),
    "worker.set_account": gettext_lazy("Bank account, written down"),
    "worker.remove_account": gettext_lazy("Bank account, taken away"),
}
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing on file; `value` is masked unless it was asked for in full."""

    code: str
    label: Text
    value: str


@dataclass(frozen=True, slots=True)
class Source:
    """Something that came to us: when, what, and from whom."""

    day: dt.date
    what: Text
    who: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody saw hidden data: when, in which role, what. Never who."""

    at: dt.datetime
    role: Text
    what: Text


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one kind of consent stands; `consent` is the last one, whether it stands or not."""

    words: ConsentWords
    consent: Consent | None

    @property
    def stands(self) -> bool:
        """Whether it is in force. Text messages are, until somebody says no."""
        if self.consent is None:
            return self.words.kind == ConsentKind.MESSAGES
        return self.consent.withdrawn_at is None


def facts_of(worker: Worker, *, full: bool) -> list[Fact]:
    """Who the worker is to us. Two queries."""
    documents = worker.documents.filter(retired_at__isnull=True).order_by("pk")
    account, none = account_of(worker), _("Not on file")
    return [
        Fact("name", _("Name"), worker.name if full else mask_name(worker.name)),
        *(
            Fact("number", one.get_kind_display(), one.number if full else mask_document(one.number))
            for one in documents
        ),
        Fact("birth", _("Born on"), _birth(worker, full)),
        Fact("sex", _("Sex"), worker.get_sex_display() or none),
        Fact("phone", _("Mobile phone"), _phone(worker, full)),
        Fact("account", _("Bank account"), _account(account, full)),
        Fact("insurance", _("Basic medical insurance"), worker.get_basic_insurance_display() or none),
        Fact("checked", _("Real-name check"), _day(worker.real_name_checked_on)),
    ]


def memberships_of(worker: Worker) -> list[Membership]:
    """Where the worker works or worked, the present ones first, each with the roster it came from."""
    found = worker.memberships.select_related("enterprise", "source__enterprise")
    return sorted(found, key=lambda one: (one.left_on is not None, -one.pk))


def sources_of(worker: Worker, memberships: list[Membership]) -> list[Source]:
    """From whom the data came, the newest first. One query."""
    rosters = {one.source_id: one.source for one in memberships if one.source is not None}
    found = [
        Source(
            clock.local(roster.uploaded_at).date(),
            _("Name, document, phone and work, in a list"),
            roster.enterprise.name,
        )
        for roster in rosters.values()
    ]
    found += [
        Source(clock.local(entry.at).date(), _ACTS[entry.action], _who(entry.actor, worker))
        for entry in acts_on(worker, _ACTS, _SHOWN)
    ]
    return sorted(found, key=lambda one: one.day, reverse=True)


def looks_of(worker: Worker) -> list[Looked]:
    """Who looked, the newest first, by role."""
    names = dict(Role.choices)
    return [
        Looked(look.at, names.get(look.role) or _("System administrator"), look.what)
        for look in looks_at(worker.pk, _SHOWN)
    ]


def agreements_of(worker: Worker) -> list[Agreement]:
    """Each kind of consent, given or not. One query."""
    last: dict[str, Consent] = {}
    for consent in worker.consents.order_by("pk"):
        last[consent.kind] = consent
    return [Agreement(words, last.get(kind)) for kind, words in WORDS.items()]


def _who(actor: str, worker: Worker) -> str:
    if actor == worker.audit_name:
        return _("You yourself")
    return _("An officer of the union") if actor.startswith("staff:") else _("The system")


def _birth(worker: Worker, full: bool) -> str:
    if worker.birth_date is None:
        return _("Not on file")
    return worker.birth_date.isoformat() if full else f"{worker.birth_date.year}-**-**"


def _phone(worker: Worker, full: bool) -> str:
    if not worker.phone:
        return _("Not on file")
    return worker.phone if full else mask_phone(worker.phone)


def _account(account: BankAccount | None, full: bool) -> str:
    if account is None:
        return _("None written down")
    number = account.account if full else mask_account(account.account)
    return f"{account.bank_name} {number}".strip()


def _day(day: dt.date | None) -> str:
    return _("Not on file") if day is None else day.isoformat()


def plain(worker: Worker) -> dict[str, Any]:
    """The worker's own columns, for the copy."""
    return {
        "name": worker.name,
        "sex": worker.sex,
        "birth_date": worker.birth_date,
        "phone": worker.phone,
        "basic_insurance": worker.basic_insurance,
        "real_name_checked_on": worker.real_name_checked_on,
        "retirement_track": worker.retirement_track,
        "on_file_since": worker.created_at,
    }
