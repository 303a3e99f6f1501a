"""One full round with nothing to do, against one bare HTTP GET over the same TLS; medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from tests.bench.shift_bench import sync_bench

TIMES = 60


def run() -> list[dict[str, Any]]:
    """The round asks twice (two streams) and writes down how old the data is."""
    with sync_bench() as bench:
        engine = bench.tablet.engine(bench.remote)
        engine.round()
        session = bench.session()

        def get() -> None:
            session.get(bench.plain_url).raise_for_status()

        def idle() -> None:
            assert engine.round().nothing_done

        ours, reference = _median(idle), _median(get)
        session.close()
    return [
        {
            "name": "one round with nothing to do against one bare GET",
            "unit": "ms",
            "ours": ours,
            "reference": reference,
            "ratio": ours / reference,
        }
    ]


def _median(work: Callable[[], None]) -> float:
    work()
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
