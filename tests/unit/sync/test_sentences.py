"""Sentences: both languages complete, every code that is raised has one, asking never fails."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import sync
from sync.messages import LANGUAGES, sentence, sentences
from sync.resources import resource

SOURCES = Path(sync.__file__).parent.parent
_RAISED = re.compile(r'(?:InputRefused|NeedsPerson|RetryLater|CursorGone)\(\s*"([a-z][a-z_0-9]+)"')
_FACT = re.compile(r"\{([a-z_0-9]+(?::length)?)\}")


def _codes_in_source() -> set[str]:
    files = [path for room in ("sync", "fieldapp") for path in (SOURCES / room).rglob("*.py")]
    return {code for path in files for code in _RAISED.findall(path.read_text(encoding="utf-8"))}


def test_both_languages_have_the_same_codes() -> None:
    assert sentences("en").keys() == sentences("zh").keys()


def test_both_languages_name_the_same_facts() -> None:
    for code, text in sentences("en").items():
        assert set(_FACT.findall(text)) == set(_FACT.findall(sentences("zh")[code])), code


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert _codes_in_source() - sentences("en").keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_explained_twice(language: str) -> None:
    files = resource("messages", language).glob("*.json")
    codes = Counter(code for path in files for code in json.loads(path.read_text(encoding="utf-8")))
    assert [code for code, times in codes.items() if times > 1] == []


def test_an_unknown_code_gives_a_sentence_that_names_it() -> None:
    assert "no_such_code" in sentence("no_such_code", {})
    assert "no_such_code" in sentence("no_such_code", {}, "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_facts_never_raise_and_leave_no_braces(language: str) -> None:
    for code in sentences(language):
        assert "{" not in sentence(code, {}, language)


def test_facts_are_filled_in_and_made_printable() -> None:
    text = sentence("plate_impossible", {"value": "粤\n{B}"})
    assert "粤\\u000a{B}" in text


def test_an_unknown_language_reads_english() -> None:
    assert sentence("locked", {}, "fr") == sentence("locked", {}, "en")


@pytest.mark.parametrize(
    ("metres", "en", "zh"),
    [
        (0, "0 m", "0 米"),
        (9_999, "9999 m", "9999 米"),
        (10_000, "10.0 km", "10.0 公里"),
        (85_485, "85.5 km", "85.5 公里"),
        (12_665_925, "12666 km", "12666 公里"),
        ("—", "— m", "— 米"),
        (None, "? m", "? 米"),
    ],
)
def test_long_distances_are_said_in_kilometres(metres: object, en: str, zh: str) -> None:
    facts = {"permit_id": "P1", "distance_m": metres, "doubt_m": 4}
    assert en in sentence("verdict_place_far", facts, "en")
    assert zh in sentence("verdict_place_far", facts, "zh")
