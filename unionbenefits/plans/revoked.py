"""The published list of withdrawn certificates, for checks without a network (docs/certificates.md)."""

import base64
import datetime as dt
import json
from typing import Any, Final, cast

from django.core.cache import cache

from unionbenefits.core import clock
from unionbenefits.core.crypto.signing import signing_ring
from unionbenefits.plans import signed
from unionbenefits.plans.enums import CoverageStatus
from unionbenefits.plans.models import Coverage

_HEAD: Final = b"unionbenefits revoked 1\n"
# A desk that fetches the list every morning is never without a valid one over a long weekend.
_GOOD_FOR: Final = dt.timedelta(days=3)
_MADE_EVERY_SECONDS: Final = 300
_CACHE_KEY: Final = "plans.revoked"


def revoked_list() -> dict[str, Any]:
    """The signed list, at most five minutes old."""
    return cast("dict[str, Any]", cache.get_or_set(_CACHE_KEY, _make, _MADE_EVERY_SECONDS))


def forget_list() -> None:
    """The next one is made anew."""
    cache.delete(_CACHE_KEY)


def _make() -> dict[str, Any]:
    """Every certificate that would still run by what is printed on it and was cancelled, and from which day.

    Those whose printed period is over need no entry: the paper itself says so. `payload` is signed as the
    text it is, so that nobody has to write JSON in one certain way.
    """
    now = clock.now()
    cancelled = Coverage.objects.filter(
        status=CoverageStatus.CANCELLED, period__endswith__gt=clock.today()
    ).values_list("certificate_no", "cancelled_from")
    payload = json.dumps(
        {
            "as_of": clock.local(now).isoformat(timespec="seconds"),
            "valid_until": clock.local(now + _GOOD_FOR).isoformat(timespec="seconds"),
            # Sorted, so that the order tells nothing of the numbers.
            "revoked": dict(
                sorted((signed.handle_of(number), day.isoformat()) for number, day in cancelled if day)
            ),
        },
        separators=(",", ":"),
    )
    ring = signing_ring()
    signature = ring.sign(_HEAD + payload.encode())
    return {"key": ring.active, "payload": payload, "signature": base64.b64encode(signature).decode()}
