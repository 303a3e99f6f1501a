"""What the command line says to a person: words instead of code words, in the language that was asked for."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

import pytest

from sync.cli.commands import run_sync
from sync.cli.usage import usage_sentence
from sync.cli.words import padded, show_plainly, word
from sync.contract.lifecycle import Role
from sync.contract.records import RecordType
from sync.engine import RoundResult
from sync.messages import LANGUAGES, sentences
from sync.replica.outbox import ItemState
from sync.sending import DataSaver, FullSize, LinkKind, SendingRules

_ENGLISH = re.compile(r"[a-z_]{3,}")
WORDS: list[tuple[str, type[Enum]]] = [
    ("state", ItemState),
    ("kind", LinkKind),
    ("originals", FullSize),
    ("data_saver", DataSaver),
    ("role", Role),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_that_is_shown_has_a_word(language: str) -> None:
    known = sentences(language).keys()
    wanted = {f"word_{kind}_{value.value}" for kind, values in WORDS for value in values}
    wanted |= {f"word_record_{kind.value}" for kind in RecordType if kind is not RecordType.ACT}
    wanted |= {
        f"word_name_{name}" for name in (*RoundResult.__struct_fields__, *SendingRules.__struct_fields__)
    }
    assert wanted - known == set()


def test_value_without_a_word_is_shown_as_it_is() -> None:
    assert word("state", "of_tomorrow", "zh") == "of_tomorrow"


def test_chinese_labels_stand_below_one_another() -> None:
    assert padded("网络", 8) == "网络    "
    assert padded("network", 8) == "network "


def test_round_is_told_in_chinese_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDAPP_LANG", "zh")
    said = show_plainly({"by": "once", "pushed": 3, "refused": 0, "asked": True})
    assert said == "执行者：本命令\n已发送记录：3\n被拒收记录：0\n已请求：是"


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["dance"], "dance"),
        (["enrol"], "缺少参数：--server, --code"),
        (["status", "--wrong"], "无法识别的参数：--wrong"),
        (["outbox", "--limit", "many"], "--limit：需要 1 到 100000 之间的整数"),
        (["outbox", "--limit"], "--limit 需要一个值"),
        (["settings", "--originals", "never"], "--originals 不能是 never"),
        (["status", "--data", ""], "--data：需要一个文件夹"),
        (["settings", "--keep-days", "0"], "--keep-days：需要 1 到 3650 之间的整数"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(
    argv: list[str], expected: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIELDAPP_LANG", "zh")
    assert run_sync(argv) == 2
    said, usage = capsys.readouterr().err.strip().split("\n")
    assert expected in said
    assert usage.startswith("用法：fieldapp-sync")
    told = said.replace("wifi", "")
    if "不能是" not in said:  # choices are what one types
        assert not _ENGLISH.search(re.sub(r"--?[a-z-]+", "", told)), said


def test_message_of_another_form_is_shown_as_it_is() -> None:
    assert usage_sentence("something new", "zh") == "something new"


def test_officer_who_signs_in_may_stand_in_the_environment_as_for_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIELDAPP_PIN", "246810")
    asked = ["sign-in", "--data", str(tmp_path / "none"), "--json"]
    monkeypatch.delenv("FIELDAPP_OFFICER", raising=False)
    assert run_sync(asked) == 2
    monkeypatch.setenv("FIELDAPP_OFFICER", "G1001")
    assert run_sync(asked) == 4
    assert '"not_enrolled"' in capsys.readouterr().out
