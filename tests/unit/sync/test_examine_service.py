"""What the examination says of the sync service: the daemon's own reason, with its facts filled in."""

from __future__ import annotations

import pytest

from sync.contract.errors import NeedsPerson
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
