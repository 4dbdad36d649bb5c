"""The number of a fault nobody foresaw: made from its kind and place, never from what it says."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import TracebackType


def crash_number(kind: type[BaseException], trace: TracebackType | None) -> str:
    """A short number for the kind of fault and its place; the same fault has the same number."""
    place = crash_place(trace)
    digest = hashlib.sha256(f"{kind.__name__} {place}".encode()).hexdigest()
    return f"X-{int(digest[:6], 16) % 100_000:05d}"


def crash_place(trace: TracebackType | None) -> str:
    """File and line of the innermost frame, without folders."""
    place = "?"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
