"""A calendar of deadlines (RFC 5545)."""

from cbfa.exchange.order import Order


def ics_bytes(order: Order) -> bytes:
    """Return the file."""
    raise NotImplementedError(order)
