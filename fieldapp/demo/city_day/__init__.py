"""``build/run --city-day``: a whole city at work for a day, without a window, and then held together.

One central as a process of its own, some twenty tablets with the real engine over real HTTPS, five roles and
the leader, network gaps, links that break in the middle, a clock an hour wrong, fixes 50 km off. In the end
every case must stand where the life-cycle table lets its acts bring it, every tablet must tell the same
history as central, and every time limit must read the same. Counts are printed; exit code 0
only if all is so.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType

from fieldapp.demo.city_day.day import play_day
from fieldapp.demo.city_day.options import parse
from fieldapp.demo.city_day.result import told
from fieldapp.demo.telling import keep, teller
from sync.contract.errors import FieldError
from sync.messages import sentence

INTERRUPTED = 130


def main(argv: Sequence[str]) -> int:
    """Play a day."""
    options = parse(argv)
    say = teller()

    signal.signal(signal.SIGTERM, _stop)
    try:
        result = play_day(options, say)
    except FieldError as error:
        sys.stderr.write(sentence(error.code, error.facts) + "\n")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    file = keep(result, options.out / "city-day.json")
    sys.stdout.write("\n".join([*told(result), f"written to {file}"]) + "\n")
    return 0 if result.ok else 1


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """Asked to end: everything that was started is stopped on the way out."""
    raise KeyboardInterrupt
