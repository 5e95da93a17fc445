"""Record and its cleaned text -> bytes of a text file: UTF-8 without a mark."""

from __future__ import annotations

from cleaner.record import Record


def write(record: Record, text: str) -> bytes:
    """Write the text; a ValueError says why UTF-8 cannot hold it."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{record.document.id}: half a surrogate pair at character {error.start} has no UTF-8 form; "
            "switch the repair of surrogates on again"
        ) from None
