"""A worker's job: which seed is the first to find a planted defect."""

from __future__ import annotations

from functools import cache
from multiprocessing.util import Finalize

from tests.fault.simulation.city import Templates
from tests.fault.simulation.planted import FOUND_WITHIN, PLANTED
from tests.fault.simulation.run import run_seed


@cache
def _templates() -> Templates:
    templates = Templates()
    Finalize(None, templates.close, exitpriority=1)
    return templates


def first_found(defect: str) -> int | None:
    """The first seed under which the checker sees the defect; None when none of those tried does."""
    templates = _templates()
    for seed in range(FOUND_WITHIN):
        with PLANTED[defect]():
            if run_seed(seed, templates).violation:
                return seed
    return None
