"""What schemathesis must be told of tus: bytes of an upload go as they are."""

from __future__ import annotations

from typing import Any

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def as_it_is(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    """The bytes themselves."""
    data = getattr(value, "data", value)
    return data if isinstance(data, bytes) else str(data).encode(errors="ignore")
