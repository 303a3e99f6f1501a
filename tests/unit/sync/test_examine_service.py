"""What the examination says of the sync service: the daemon's own reason, with its facts filled in."""

from __future__ import annotations

import pytest

from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.examine import examine_service
from sync.link_state import LinkState, after_failure
from sync.messages import sentence


@pytest.mark.parametrize("language", ["en", "zh"])
def test_held_up_mass_delete_is_told_with_its_numbers(language: str) -> None:
    asked = NeedsPerson("mass_delete", table="city_case", deleted=15, held=30)
    check = examine_service(after_failure(LinkState("online"), asked, "", 1), 4711)

    said = sentence(check.code, check.facts, language)
    assert check.ok is False
    assert all(fact in said for fact in ("15", "30", "city_case"))
    assert check.facts["link"] == "needs_you"


@pytest.mark.parametrize(
    ("met", "well"),
    [
        (RetryLater("not_ours", status=200), False),
        (RetryLater("server_identity", server="https://a.test"), False),
        (RetryLater("round_failed"), False),
        (NeedsPerson("token_expired"), False),
        (RetryLater("unreachable", server="https://a.test"), None),
        (RetryLater("server_busy", after_s=30.0), None),
    ],
)
def test_what_passes_by_itself_is_told_apart_from_what_somebody_must_see_to(
    met: FieldError, well: bool | None
) -> None:
    check = examine_service(after_failure(LinkState("online"), met, "", 1), 4711)
    assert (check.ok, check.code) == (well, met.code)


def test_service_that_answers_well_is_well() -> None:
    assert examine_service(LinkState("online"), 4711).ok is True
    assert examine_service(LinkState("locked"), 4711).ok is None
