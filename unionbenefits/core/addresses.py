"""Where a request comes from, for limits and logs."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# A household or a phone owns a whole /64 of IPv6: counting single addresses would count nothing.
_IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """The caller's address, past as many proxies of ours as `settings.TRUSTED_PROXIES` says; IPv6 as its /64.

    Each of our proxies appends the address it saw to X-Forwarded-For, so only that many entries from the
    right can be believed; what stands left of them anybody can write.
    """
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if settings.TRUSTED_PROXIES and len(hops) >= settings.TRUSTED_PROXIES:
        address = hops[-settings.TRUSTED_PROXIES]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped or ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False))
    return str(parsed)
