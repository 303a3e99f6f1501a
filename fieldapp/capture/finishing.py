"""Acts that finish what is open: where the disk is full they may use the space set aside for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from fieldapp.capture.desk import Desk
from sync.replica.reserve import with_reserve

P = ParamSpec("P")
T = TypeVar("T")


def finishing(act: Callable[Concatenate[Desk, P], T]) -> Callable[Concatenate[Desk, P], T]:
    """Do it once more with the reserve where the disk was full. Such an act leaves nothing half done."""

    @wraps(act)
    def run(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return with_reserve(desk.folder, lambda: act(desk, *args, **kwargs))

    return run
