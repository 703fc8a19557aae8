"""E-mail addresses as they are shown to people who need not know them whole."""


def shortened(address: str) -> str:
    """Return an address of which the first letter and the domain can be read."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
