"""A database for analysts."""

from cbfa.exchange.order import Order


def sqlite_bytes(order: Order) -> bytes:
    """Return the file."""
    raise NotImplementedError(order)
