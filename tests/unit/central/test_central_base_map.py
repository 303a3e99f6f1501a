"""The base map at central: put, told, replaced, taken away, refused; one that has rotted is withdrawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.central.cli import command
from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.world import World
from sync.contract.errors import NeedsPerson
from sync.contract.map_offer import is_signed_offer, is_sound_offer
from sync.messages import LANGUAGES, sentence
from sync.replica.basemap import Datum, facts_of
from tests.contract.base_map_maker import make_base_map

Told = tuple[int, dict[str, Any]]
Run = Callable[..., Told]


@pytest.fixture
def run(central: Central, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> Told:
        code = command(["base-map", *words, "--data", str(central.settings.data), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_put_is_seen_by_the_central_that_serves_and_taken_away_again(
    central: Central, run: Run, tmp_path: Path
) -> None:
    assert run() == (0, {"ok": True, "base_map": None})
    assert central.maps.current() is None
    source = make_base_map(tmp_path / "城市.mbtiles", {"datum": None}, index=False)
    code, told = run(str(source), "--datum", "gcj02")
    assert code == 0
    assert (told["base_map"]["name"], told["base_map"]["datum"]) == ("测试底图", "gcj02")
    assert "pieces" not in told["base_map"]
    offer = central.maps.current()
    assert offer is not None
    assert is_sound_offer(offer)
    assert is_signed_offer(central.signing.public_hex, offer)
    found = central.maps.find(offer.sha256)
    assert found is not None
    assert facts_of(found[1]).datum is Datum.GCJ02
    assert central.maps.find("0" * 64) is None
    assert central.maps.look() == []
    assert run("--remove")[1]["base_map"] is None
    assert central.maps.current() is None
    assert [path.name for path in central.settings.maps.iterdir()] == []


def test_another_file_takes_its_place_and_leaves_nothing_of_the_former(
    central: Central, run: Run, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        run(str(make_base_map(tmp_path / f"{name}.mbtiles", {"name": name})))
    offer = central.maps.current()
    assert offer is not None
    assert offer.name == "b"
    assert sorted(path.suffix for path in central.settings.maps.iterdir()) == [".json", ".mbtiles"]


def test_datum_that_contradicts_the_file_is_refused_and_what_was_there_stays(
    central: Central, run: Run, tmp_path: Path
) -> None:
    run(str(make_base_map(tmp_path / "a.mbtiles")))
    before = central.maps.current()
    code, told = run(str(make_base_map(tmp_path / "b.mbtiles")), "--datum", "gcj02")
    assert (code, told["error"]["code"]) == (3, "base_map_datum_other")
    assert "WGS-84" in told["error"]["message"]
    assert run(str(tmp_path / "absent.mbtiles"))[1]["error"]["code"] == "base_map_unreadable"
    assert central.maps.current() == before


def test_no_room_is_said_before_a_byte_is_written(tmp_path: Path, world: World) -> None:
    settings = Settings(data=tmp_path / "small", reserve_bytes=1 << 60)
    central = Central(settings, world)
    with pytest.raises(NeedsPerson) as caught:
        central.maps.put(make_base_map(tmp_path / "a.mbtiles"))
    assert caught.value.code == "disk_full"
    assert list(settings.maps.iterdir()) == []
    central.close()


@pytest.mark.expects_log("base map .* is damaged")
def test_file_that_has_rotted_is_found_and_offered_no_more(
    central: Central, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(str(make_base_map(tmp_path / "a.mbtiles")))
    offer = central.maps.current()
    assert offer is not None
    _, path = central.maps.find(offer.sha256) or (None, Path())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    code = command(["check", "--data", str(central.settings.data), "--json"])
    checks = {one["name"]: one["found"] for one in json.loads(capsys.readouterr().out)["checks"]}
    assert (code, checks["base_map"]) == (4, [path.name])
    assert central.maps.current() is None


@pytest.mark.expects_log("base map's offer is damaged")
def test_offer_that_another_key_signed_counts_for_nothing(central: Central, tmp_path: Path) -> None:
    offer = central.maps.put(make_base_map(tmp_path / "a.mbtiles"))
    forged = msgspec.structs.replace(offer, name="another")
    (central.settings.maps / "offer.json").write_bytes(msgspec.json.encode(forged))
    assert central.maps.current() is None
    (central.settings.maps / "offer.json").write_bytes(b"{}")
    assert central.maps.current() is None


@pytest.mark.parametrize("code", ["base_map_too_large", "base_map_replaced", "base_map_datum_other"])
def test_every_refusal_has_its_sentence(code: str) -> None:
    facts = {"gigabytes": 16, "datum": "WGS-84", "given": "GCJ-02"}
    assert all(sentence(code, facts, language) != code for language in LANGUAGES)
