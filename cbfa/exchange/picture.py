"""Pictures of the timeline."""

from cbfa.exchange.order import Order


def svg_bytes(order: Order) -> bytes:
    """Return the file."""
    raise NotImplementedError(order)


def png_bytes(order: Order) -> bytes:
    """Return the picture as pixels."""
    raise NotImplementedError(order)
