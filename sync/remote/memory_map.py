"""The base map of a central in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from sync.contract.errors import RetryLater
from sync.contract.map_offer import MapOffer, hashed, map_text
from sync.contract.wire import UPLOAD_CHUNK
from sync.remote.memory_signing import sign_base_map

MAP_PIECE = 64 << 10
"""Small, so that a small file has several."""


class MemoryMap:
    """Offers one file, or none."""

    def __init__(self) -> None:
        self._held: tuple[MapOffer, bytes] | None = None

    @property
    def offer(self) -> MapOffer | None:
        """What is offered."""
        return None if self._held is None else self._held[0]

    def put(self, data: bytes, name: str = "base map", datum: str = "wgs84") -> MapOffer:
        """Offer this from now on."""
        found = hashed(data[at : at + MAP_PIECE] for at in range(0, len(data), MAP_PIECE))
        put_at = datetime(2026, 3, 2, tzinfo=UTC)
        offer = MapOffer(
            found.sha256, found.bytes, MAP_PIECE, found.pieces, name, datum, "png", 0, 22, put_at
        )
        offer = msgspec.structs.replace(offer, signature=sign_base_map(map_text(offer)).hex())
        self._held = offer, data
        return offer

    def remove(self) -> None:
        """Offer none any more."""
        self._held = None

    def bytes_from(self, offer: MapOffer, start: int) -> Iterator[bytes]:
        """The file from a byte on, in pieces."""
        held = self._held
        if held is None or held[0].sha256 != offer.sha256:
            raise RetryLater("base_map_replaced", sha256=offer.sha256)
        return (held[1][at : at + UPLOAD_CHUNK] for at in range(start, len(held[1]), UPLOAD_CHUNK))
