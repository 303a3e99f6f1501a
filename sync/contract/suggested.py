"""What to do about an alert, suggested from what was seen, how serious it is, and who asks. Pure.

A suggestion is words for a person; it neither offers nor forbids anything (``alerts`` does).
"""

from __future__ import annotations

from enum import Enum

from sync.contract.alerts import AlertKind, Severity
from sync.contract.lifecycle import COMMAND, Role


class Answer(Enum):
    """The answers that are suggested."""

    VISIT_SITE = "visit_site"
    INSPECT_SITE = "inspect_site"
    PHOTOGRAPH = "photograph"
    STOP_AND_CHECK = "stop_and_check"
    CALL_REINFORCEMENT = "call_reinforcement"
    PASS_TO_OFFICERS = "pass_to_officers"
    PASS_TO_GRID = "pass_to_grid"
    KNOW_OF_IT = "know_of_it"


K = AlertKind


def suggest_answer(kind: AlertKind, severity: Severity, role: Role) -> Answer:
    """Mild ones go to a grid worker, serious ones to officers, and nobody stops a grave one alone.

    A grid worker never stops a truck: photographs from where it is safe are their answer.
    """
    mild = severity is Severity.MILD
    if role is Role.GRID_WORKER:
        if not mild or kind is K.BLACKLIST_SEEN:
            return Answer.PASS_TO_OFFICERS
        return Answer.VISIT_SITE if kind is K.SITE_DWELL else Answer.PHOTOGRAPH
    if role is Role.INSPECTOR:
        if kind is K.SITE_DWELL:
            return Answer.PASS_TO_GRID if mild else Answer.INSPECT_SITE
        if kind is K.BLACKLIST_SEEN or not mild:
            return Answer.CALL_REINFORCEMENT if severity is Severity.GRAVE else Answer.STOP_AND_CHECK
        return Answer.PASS_TO_GRID
    if role in COMMAND:
        return Answer.PASS_TO_GRID if mild and kind is not K.BLACKLIST_SEEN else Answer.PASS_TO_OFFICERS
    return Answer.KNOW_OF_IT
