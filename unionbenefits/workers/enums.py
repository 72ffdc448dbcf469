"""Closed lists about people: documents, sex, occupation, work relation.

Occupations are the union of three official lists (domain §3.1): the eight groups of 2018, the four key groups
of 2021 and Guangdong's five of 2022. The codes are stable; the Chinese titles a clerk may write for each are
data in `roster/vocabulary.py`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """Kinds of identity document that a worker may hold (domain §3.5)."""

    RESIDENT_ID = "resident_id", _("Resident identity card")
    HK_MACAO_RESIDENCE = "hk_macao_residence", _("Residence permit for Hong Kong and Macao residents")
    TAIWAN_RESIDENCE = "taiwan_residence", _("Residence permit for Taiwan residents")
    HK_MACAO_PERMIT = "hk_macao_permit", _("Mainland travel permit for Hong Kong and Macao residents")
    TAIWAN_PERMIT = "taiwan_permit", _("Mainland travel permit for Taiwan residents")
    FOREIGNER_CARD = "foreigner_card", _("Foreign permanent resident identity card")
    PASSPORT = "passport", _("Passport")


class Sex(models.TextChoices):
    """Sex as written on the document."""

    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class WorkRelation(models.TextChoices):
    """The three relations of 粤人社规〔2022〕14号; they decide the route of a dispute (domain §3.1)."""

    EMPLOYMENT = "employment", _("Employment relation")
    NEW_FORM = "new_form", _("New form of employment relation")
    CIVIL = "civil", _("Civil relation between equals")


class Occupation(models.TextChoices):
    """Groups of workers on the official lists; anything else is `OTHER` and keeps the title as written."""

    TRUCK_DRIVER = "truck_driver", _("Truck driver")
    COURIER = "courier", _("Courier")
    RIDER = "rider", _("Delivery rider")
    RIDE_HAILING_DRIVER = "ride_hailing_driver", _("Ride-hailing driver")
    ONLINE_FREIGHT_DRIVER = "online_freight_driver", _("Online freight driver")
    LIVESTREAMER = "livestreamer", _("Livestream host")
    CARE_WORKER = "care_worker", _("Care worker")
    DOMESTIC_WORKER = "domestic_worker", _("Domestic worker")
    SHOP_PROMOTER = "shop_promoter", _("Shop information assistant")
    ESTATE_AGENT = "estate_agent", _("Estate agent")
    SECURITY_GUARD = "security_guard", _("Security guard")
    OTHER = "other", _("Other occupation")


class BasicInsurance(models.TextChoices):
    """The basic medical insurance that a worker takes part in."""

    EMPLOYEE = "employee", _("Basic medical insurance for employees")
    RESIDENT = "resident", _("Basic medical insurance for residents")
    NONE = "none", _("No basic medical insurance")


class RetirementTrack(models.TextChoices):
    """A woman's statutory track, which is on no document (domain.md §3.7)."""

    WOMEN_50 = "women_50", _("50 before the reform")
    WOMEN_55 = "women_55", _("55 before the reform")


class ConsentKind(models.TextChoices):
    """What a worker agrees to (PIPL art. 23, 28-30)."""

    MEDICAL = "medical", _("Medical data for a claim")
    BANK = "bank", _("Bank account for payments")
    MESSAGES = "messages", _("Text messages")


class MessageKind(models.TextChoices):
    """What a worker is told. The words stand in `workers/messages.py`, in both languages."""

    COVER_ISSUED = "cover_issued", _("Cover was given")
    COVER_ENDED = "cover_ended", _("Cover was withdrawn")
    COVER_LAPSING = "cover_lapsing", _("Cover is about to end")
    NEVER_OPENED = "never_opened", _("Reminder: you are covered")
    CLAIM_FILED = "claim_filed", _("Claim received")
    CLAIM_ASKED = "claim_asked", _("Claim: something is missing")
    CLAIM_UNANSWERED = "claim_unanswered", _("Claim: the day to answer has passed")
    CLAIM_DECIDED = "claim_decided", _("Claim decided")
    CLAIM_REOPENED = "claim_reopened", _("Claim looked at again")
    CLAIM_APPEALED = "claim_appealed", _("Appeal received")
    APPEAL_DECIDED = "appeal_decided", _("Appeal decided")
    PAYMENT_SENT = "payment_sent", _("Payment on its way")
    PAYMENT_PAID = "payment_paid", _("Payment arrived")
    PAYMENT_RETURNED = "payment_returned", _("Payment came back")
    PHONE_CHANGED = "phone_changed", _("Phone changed")
    REQUEST_DECIDED = "request_decided", _("Request about own data decided")


class Device(models.TextChoices):
    """What somebody signed in with, in words that its owner knows it by."""

    IPHONE = "iphone", _("iPhone")
    ANDROID = "android", _("Android phone")
    HARMONY = "harmony", _("Huawei phone (HarmonyOS)")
    TABLET = "tablet", _("Tablet")
    WINDOWS = "windows", _("Windows computer")
    MAC = "mac", _("Mac computer")
    OTHER = "other", _("Computer or other device")


class SignInEnd(models.TextChoices):
    """Why a worker's session is over."""

    SIGNED_OUT = "signed_out", _("Signed out")
    ELSEWHERE = "elsewhere", _("Signed out from another device")
    REPLACED = "replaced", _("Somebody signed in on the same device")
    IDLE = "idle", _("Not used for half an hour")
    OLD = "old", _("Eight hours were over")
    PHONE = "phone", _("The phone number was changed")
    CLOSED = "closed", _("Ended by the union")


class PhoneChangedBy(models.TextChoices):
    """Who changed a worker's phone."""

    OFFICER = "officer", _("A union officer, with the document in hand")
    WORKER = "worker", _("The worker, with codes on both phones")


class DocumentCheck(models.TextChoices):
    """How an officer made sure of the person (domain §6: the document is seen, never copied)."""

    READER = "reader", _("Identity card read by a card reader")
    ORIGINAL = "original", _("Original document seen, photo compared with the person")
    DIGITAL = "digital", _("Digital identity card shown in the official app, photo compared")


class RequestKind(models.TextChoices):
    """What a worker asks of whoever keeps their data (PIPL arts. 46, 47)."""

    CORRECTION = "correction", _("Put something right")
    ERASURE = "erasure", _("Erase my data")


class RequestField(models.TextChoices):
    """What is wrong. Phone and bank account are not here: the worker changes them without asking."""

    NAME = "name", _("Name")
    NUMBER = "number", _("Document number")
    OTHER = "other", _("Something else")


class RequestState(models.TextChoices):
    """Where a request stands."""

    OPEN = "open", _("Waiting for an officer")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    TAKEN_BACK = "taken_back", _("Taken back")


class NotTexted(models.TextChoices):
    """Why a message made no text message."""

    READ = "read", _("Read in the portal before")
    OPENED = "opened", _("Signed in before")
    STALE = "stale", _("Too old to be news")
    DIED = "died", _("Died")
    NO_PHONE = "no_phone", _("No phone on file")
    REFUSED = "refused", _("Wants no text messages")
