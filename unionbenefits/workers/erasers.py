"""How the register itself forgets a person: documents, phones, rosters, decisions, messages, requests."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import SmsCode
from unionbenefits.audit.scrubbing import GONE, WORDS, remove, scrub
from unionbenefits.core import clock
from unionbenefits.workers.enums import SignInEnd
from unionbenefits.workers.erasing import Obstacle, erases, stands_in_the_way
from unionbenefits.workers.models import (
    BankAccount,
    Consent,
    DataRequest,
    IdentityDocument,
    Membership,
    Message,
    PairDecision,
    PhoneChange,
    Reveal,
    Roster,
    RosterFile,
    RosterRow,
    RowDecision,
    SignIn,
    Worker,
)
from unionbenefits.workers.roster.actions import OPEN
from unionbenefits.workers.roster.states import RosterState

_NOTHING = b""


@stands_in_the_way
def open_rosters(worker_id: int) -> Iterator[Obstacle]:
    """A roster that waits to be applied would bring the person back at once.

    Asked on a page, so only the lines of the few rosters that wait are read, by their index.
    """
    waiting = list(
        Roster.objects.filter(state__in=[*OPEN, RosterState.APPLYING]).values_list("pk", flat=True)
    )
    if waiting and _rows(worker_id).filter(roster__in=waiting).exists():
        yield Obstacle("roster_open", _("A roster with this person waits: apply or discard it first."))


@erases
def register(worker_id: int) -> None:
    """Everything of the app. Rows of rosters go first, since they are found by the documents."""
    _rosters(worker_id)
    _decided_pairs(worker_id)
    _documents(worker_id)
    _contact(worker_id)
    today = clock.today()
    memberships = Membership.objects.filter(worker=worker_id)
    memberships.filter(left_on__isnull=True).update(left_on=today)
    scrub(Membership, _keys(memberships), note=WORDS, occupation_as_given="")
    scrub(
        Worker,
        [worker_id],
        name=GONE,
        name_key="",
        sex="",
        birth_date=None,
        phone=None,
        phone_digest=None,
        basic_insurance="",
        real_name_checked_on=None,
        retirement_track="",
        died_on=None,
    )


def _rosters(worker_id: int) -> None:
    """The lines about the person lose what they said, and the files that hold them go whole.

    Nobody can take one line out of a sealed file; what was applied is in the register.
    """
    found = list(_rows(worker_id).values_list("pk", "roster_id", "sheet", "row"))
    lines = Q(pk__in=[])
    for _pk, roster, sheet, row in found:
        lines |= Q(roster=roster, sheet=sheet, row=row)
    scrub(
        RowDecision,
        _keys(RowDecision.objects.filter(lines)),
        subject=_NOTHING,
        value=None,
        before="",
    )
    scrub(
        RosterRow,
        [pk for pk, *_line in found],
        name=GONE,
        name_key="",
        number=None,
        number_digest=None,
        phone=None,
        phone_digest=None,
        sex="",
        birth_date=None,
        note="",
        occupation_as_given="",
        basic_insurance="",
        real_name_checked_on=None,
        cells=None,
        codes=[],
    )
    RosterFile.objects.filter(roster__in={roster for _pk, roster, *_line in found}).delete()


def _decided_pairs(worker_id: int) -> None:
    pairs = PairDecision.objects.filter(Q(worker=worker_id) | Q(number_digest__in=_digests(worker_id)))
    remove(PairDecision, _keys(pairs), number_digest=_NOTHING, name_key="")


def _documents(worker_id: int) -> None:
    """Removed, so that their numbers belong to nobody and can be enrolled anew."""
    documents = IdentityDocument.objects.filter(worker=worker_id)
    remove(IdentityDocument, _keys(documents), number="", number_digest=_NOTHING)


def _contact(worker_id: int) -> None:
    Message.objects.filter(worker=worker_id).delete()
    Consent.objects.filter(worker=worker_id, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    accounts = BankAccount.objects.filter(worker=worker_id)
    remove(BankAccount, _keys(accounts), account="", bank_name="")
    requests = DataRequest.objects.filter(worker=worker_id)
    scrub(DataRequest, _keys(requests), wanted=None, words=None, answer=WORDS)
    _sign_ins(worker_id)
    # The times of sign-ins stay for the half-year of network logs; what was typed does not.
    SmsCode.objects.filter(subject=str(worker_id)).update(
        document_digest=_NOTHING, phone_digest=_NOTHING, address_digest=_NOTHING
    )


def _sign_ins(worker_id: int) -> None:
    mine = SignIn.objects.filter(worker=worker_id)
    mine.filter(ended_at__isnull=True).update(ended_at=clock.now(), end=SignInEnd.CLOSED)
    scrub(SignIn, _keys(mine), phone_digest=_NOTHING, address="")
    changes = PhoneChange.objects.filter(worker=worker_id)
    scrub(
        PhoneChange,
        _keys(changes),
        old_phone=None,
        new_digest=_NOTHING,
        reason=WORDS,
        taken_back_reason=WORDS,
    )
    looks = Reveal.objects.filter(worker=worker_id)
    scrub(Reveal, _keys(looks), words=None, finding=None)


def _rows(worker_id: int) -> QuerySet[RosterRow]:
    """The lines of rosters about the person. Reads the whole table: erasures are rare, indexes not free."""
    found: QuerySet[RosterRow] = RosterRow.objects.filter(
        Q(worker=worker_id) | Q(number_digest__in=_digests(worker_id))
    )
    return found.order_by()


def _digests(worker_id: int) -> list[bytes]:
    held = IdentityDocument.objects.filter(worker=worker_id)
    return [bytes(digest) for digest in held.values_list("number_digest", flat=True)]


def _keys(rows: QuerySet) -> list[int]:  # type: ignore[type-arg]
    return list(rows.values_list("pk", flat=True))
