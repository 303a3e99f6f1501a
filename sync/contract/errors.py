"""The errors of the product, as a small tree.

    FieldError
    ├── RetryLater     the world is in the way; trying again later may work      (exit 5)
    ├── NeedsPerson    somebody has to decide or do something                    (exit 4)
    └── InputRefused   what was given cannot be taken; it is left where it was   (exit 3)

Anything else that is raised is our bug. An error carries a ``code`` and ``facts``, never a sentence:
sentences live in ``resources/messages/{zh,en}.json``, one per code, and are filled in from the facts.
"""

from __future__ import annotations

from typing import ClassVar

EXIT_DONE = 0
EXIT_BUG = 1
EXIT_USAGE = 2


class FieldError(Exception):
    """Base of all expected errors: ``code`` is stable, ``facts`` fill in its sentence."""

    exit_code: ClassVar[int] = EXIT_BUG

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        detail = ", ".join(f"{key}={value}" for key, value in self.facts.items())
        return f"{self.code} ({detail})" if detail else self.code


class RetryLater(FieldError):
    """Try again later; ``after_s`` is the peer's wish in seconds, when it gave one."""

    exit_code: ClassVar[int] = 5

    def __init__(self, code: str, *, after_s: float | None = None, **facts: object) -> None:
        super().__init__(code, **facts)
        self.after_s = after_s


class NeedsPerson(FieldError):
    """A person must decide or do something before this can go on."""

    exit_code: ClassVar[int] = 4


class InputRefused(FieldError):
    """The input cannot be taken as it is; nothing was changed by it."""

    exit_code: ClassVar[int] = 3
