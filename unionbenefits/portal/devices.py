"""What somebody signs in with, from what the browser says of itself, in words that the owner knows."""

import re

from unionbenefits.workers.enums import Device

# In this order: a HarmonyOS phone calls itself Android too, an Android phone Linux, an iPhone a Mac.
_KINDS: tuple[tuple[re.Pattern[str], Device], ...] = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), device)
    for pattern, device in [
        (r"ipad|tablet", Device.TABLET),
        (r"iphone|ipod", Device.IPHONE),
        (r"harmony", Device.HARMONY),
        (r"android.*mobile", Device.ANDROID),
        (r"android", Device.TABLET),
        (r"windows nt", Device.WINDOWS),
        (r"macintosh", Device.MAC),
    ]
)
# Longer ones are no browser's.
_LONGEST = 1000


def device_of(user_agent: str) -> Device:
    """The kind of device; it is a hint for its owner and decides nothing."""
    said = user_agent[:_LONGEST]
    return next((device for kind, device in _KINDS if kind.search(said)), Device.OTHER)
