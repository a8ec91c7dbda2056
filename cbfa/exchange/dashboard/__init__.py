"""One page for leaders that needs no server."""

from cbfa.exchange.order import Order


def html_bytes(order: Order) -> bytes:
    """Return the file."""
    raise NotImplementedError(order)
