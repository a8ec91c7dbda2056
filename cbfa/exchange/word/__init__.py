"""A Word document of a page, in the form that Decree 30/2020/NĐ-CP gives to official documents."""

from cbfa.exchange.order import Order


def docx_bytes(order: Order) -> bytes:
    """Return the document. The same data, dates and language give the same bytes."""
    from cbfa.exchange.word.document import write_document  # noqa: PLC0415 - loads python-docx

    return write_document(order)
