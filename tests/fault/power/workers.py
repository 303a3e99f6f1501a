"""Worker processes under the shim, one a processor: they cut, cut recoveries, and let calls fail."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.fault.memory import memory_folder
from tests.fault.power.cutting import Cut, Look, Recording, chunks, tried

WORKERS = max(2, os.cpu_count() or 2)
CHUNK = 40
T = TypeVar("T")


@contextmanager
def workers(library: Path) -> Iterator[ProcessPoolExecutor]:
    """Processes that were started under the shim."""
    before = os.environ.get("LD_PRELOAD")
    os.environ["LD_PRELOAD"] = str(library)
    try:
        pool = ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("spawn"))
        for waiting in [pool.submit(os.getpid) for _ in range(WORKERS)]:
            waiting.result()
    finally:
        if before is None:
            del os.environ["LD_PRELOAD"]
        else:
            os.environ["LD_PRELOAD"] = before
    with pool:
        yield pool


@cache
def load(path: Path) -> Recording:
    """A recording, read once by each worker."""
    recording: Recording = pickle.loads(path.read_bytes())
    return recording


def cut_chunk(recording: Path, cuts: Sequence[Cut], look: Look) -> list[tuple[Cut, list[str]]]:
    """A worker's job: those of some cuts after which something was wrong."""
    place = memory_folder("power-")
    wrong = []
    try:
        for cut, found in tried(load(recording), cuts, place, look):
            if found:
                wrong.append((cut, found))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return wrong


def cut_all(
    pool: ProcessPoolExecutor, recording: Path, cuts: Sequence[Cut], look: Look
) -> list[tuple[Cut, list[str]]]:
    """All cuts, shared between the workers; answers what was wrong, in order."""
    jobs = [pool.submit(cut_chunk, recording, chunk, look) for chunk in chunks(cuts, CHUNK)]
    return [one for job in jobs for one in job.result()]


def each(pool: ProcessPoolExecutor, job: Callable[..., T], parts: Sequence[tuple[object, ...]]) -> list[T]:
    """A job for each part; answers in their order."""
    waiting: list[Future[T]] = [pool.submit(job, *part) for part in parts]
    return [one.result() for one in waiting]
