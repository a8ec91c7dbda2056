"""A workbook for Excel."""

from cbfa.exchange.order import Order


def xlsx_bytes(order: Order) -> bytes:
    """Return the file."""
    raise NotImplementedError(order)
