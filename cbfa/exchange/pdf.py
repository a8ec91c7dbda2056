"""The Word document as PDF, by LibreOffice."""

from cbfa.exchange.order import Order


def pdf_bytes(order: Order) -> bytes:
    """Return the file."""
    raise NotImplementedError(order)
