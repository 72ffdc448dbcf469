"""What a screen shows of personal data (invariant 11). Showing more needs a reason and is logged by
`audit`.
"""


def mask_name(name: str) -> str:
    """First and last character stay for three or more (张*丰), only the first for two (张*). Latin names
    keep initials.
    """
    name = name.strip()
    if len(name) <= 1:
        return name
    if name.isascii():
        return " ".join(part[0] + "*" * 3 for part in name.split())
    return name[0] + "*" if len(name) == 2 else name[0] + "*" * (len(name) - 2) + name[-1]


def mask_document(number: str) -> str:
    """Three in front and four behind of an 18-digit number (440***********1234); half of that for short
    ones.
    """
    front, back = (3, 4) if len(number) >= 12 else (1, 2)
    if len(number) <= front + back:
        return "*" * len(number)
    return number[:front] + "*" * (len(number) - front - back) + number[-back:]


def mask_phone(phone: str) -> str:
    """138****5678; anything shorter is hidden whole."""
    return phone[:3] + "****" + phone[-4:] if len(phone) == 11 else "*" * len(phone)


def mask_account(number: str) -> str:
    """A bank account by its last four digits (**** 0014); the first ones only name the bank."""
    return f"**** {number[-4:]}" if len(number) > 8 else "****"


def mask_address(address: str) -> str:
    """The front half of a network address, enough to tell home from elsewhere (198.51.*.*, 2001:db8:…)."""
    if address.count(".") == 3:
        return ".".join([*address.split(".")[:2], "*", "*"])
    return ":".join(address.split(":")[:2]) + ":…" if ":" in address else "*"
