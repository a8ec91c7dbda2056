"""One page for leaders that needs no server: its styles, its script and both languages are inside."""

from cbfa.exchange.order import Order


def html_bytes(order: Order) -> bytes:
    """Return the file."""
    from cbfa.exchange.dashboard.rendering import page_bytes  # noqa: PLC0415 - every command would pay for its tables

    return page_bytes(order)
