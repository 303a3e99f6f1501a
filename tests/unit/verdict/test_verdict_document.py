"""The document on the verdict names every code there is, and no other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import fieldapp.verdict
from fieldapp.verdict.model import Limits
from sync.messages import sentences
from sync.resources import resource

DOCUMENT = resource("docs", "verdict.md").read_text(encoding="utf-8")
CODE = re.compile(r"\b((?:verdict|advice)_[a-z_]+)\b")
FILES = {"verdict_facts", "verdict_limits", "verdict_rules"}


def sentences_of_the_verdict() -> set[str]:
    file = resource("messages", "en", "verdict.json")
    return set(json.loads(file.read_text(encoding="utf-8")))


def test_document_and_sentences_name_the_same_codes() -> None:
    assert set(CODE.findall(DOCUMENT)) - FILES == sentences_of_the_verdict()


def test_every_code_in_the_rules_has_a_sentence() -> None:
    room = Path(str(fieldapp.verdict.__file__)).parent
    named = re.compile(r'"((?:verdict|advice)_[a-z_]+)"')
    codes = {c for file in room.glob("*.py") for c in named.findall(file.read_text(encoding="utf-8"))}
    assert codes
    assert codes - sentences("en").keys() == set()


@pytest.mark.parametrize("field", Limits.__struct_fields__)
def test_document_names_every_threshold(field: str) -> None:
    assert f"`{field}`" in DOCUMENT
