"""Official documents in Word, by Decree 30/2020/NĐ-CP."""

from cbfa.exchange.order import Order


def docx_bytes(order: Order) -> bytes:
    """Return the file."""
    raise NotImplementedError(order)
