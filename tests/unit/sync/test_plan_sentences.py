"""Every reason that plan gives for an item that has not gone can be said in both languages."""

import ast
import inspect

import pytest

from sync import plan, pulling, pushing, uploading
from sync.messages import LANGUAGES, sentences
from sync.replica import outbox


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_written_on_an_item_has_a_sentence(language: str) -> None:
    reasons = {"server_restored"}
    for module in (plan, pushing, uploading, pulling):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
                reasons.add(str(node.value.value))
    reasons |= plan._ASTRAY | plan._FILE_FAULT | {"not_complete", "conflict", "refused"}
    assert "server_restored" in inspect.getsource(outbox)
    assert reasons - {""} - sentences(language).keys() == set()
