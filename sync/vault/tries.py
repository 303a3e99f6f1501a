"""How long to wait after wrong PINs. Pure: it is told the time and decides.

Five tries are free; then 30 s, doubling, to an hour. Only the monotonic clock counts: within a boot it cannot
be set, and after a reboot the wait begins anew, so that neither shortens it.
"""

from __future__ import annotations

from sync.clock import Clock
from sync.vault.keyfile import Tries

FREE_TRIES = 5
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600


def wait_after(failed: int) -> int:
    """Seconds to wait after so many wrong tries in a row."""
    if failed < FREE_TRIES:
        return 0
    return min(FIRST_WAIT_S << min(failed - FREE_TRIES, 16), LONGEST_WAIT_S)


def still_to_wait(tries: Tries | None, clock: Clock) -> float:
    """Seconds left before the next try; the whole wait when it was begun in another boot."""
    if tries is None:
        return 0.0
    wait = wait_after(tries.failed)
    if tries.boot_id != clock.boot_id:
        return float(wait)
    return max(0.0, wait - (clock.monotonic() - tries.at_ms / 1000))


def one_more(tries: Tries | None, clock: Clock) -> Tries:
    """The count with one more try, begun now."""
    return Tries((tries.failed if tries else 0) + 1, clock.boot_id, round(clock.monotonic() * 1000))


def begun_in_this_boot(tries: Tries, clock: Clock) -> Tries:
    """The same count, its wait begun now (the first look after a reboot)."""
    return Tries(tries.failed, clock.boot_id, round(clock.monotonic() * 1000))
