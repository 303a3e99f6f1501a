"""``fieldapp-central`` as people and scripts use it."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from sync.central.cli import command
from sync.central.composition import Central
from sync.central.store.devices import Device
from sync.contract.enrolment import parse_code
from sync.contract.ids import new_id, short_id
from sync.contract.records import Report
from sync.messages import sentences
from tests.contract.central_records import RecordMaker, photo_of

MAIN = "import sys; from sync.central.cli import main; sys.exit(main())"


class Desk:
    """Runs commands over one central's data and reads their one object."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data = data
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, dict[str, Any]]:
        code = command([*words, "--data", str(self._data), "--json"])
        lines = self._capsys.readouterr().out.splitlines()
        assert len(lines) == 1, lines
        return code, json.loads(lines[0])

    def text(self, *words: str) -> str:
        command([*words, "--data", str(self._data)])
        return self._capsys.readouterr().out


@pytest.fixture
def desk(central: Central, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(central.settings.data, capsys)


@pytest.fixture
def report(central: Central, device: Device) -> Report:
    maker = RecordMaker(device.device_id)
    made = maker.report(photo_of(b"scene", 1), photo_of(b"scene", 2))
    item = msgspec.Raw(msgspec.json.encode(maker.item(made)))
    assert central.intake.push(device.device_id, [item]).answers[0].receipt
    return made


def test_commands_that_only_look_answer_while_another_program_writes_without_pause(
    desk: Desk, central: Central, report: Report
) -> None:
    looks = ("cases", "lookups", "officers", "units", "devices", "alerts", "visits", "tracks", "clashes")
    with central.store.writing() as db:
        db.execute("UPDATE counter SET value = value + 1")
        answers = {what: desk(what) for what in looks} | {"case": desk("case", report.report_id)}
    assert {what: code for what, (code, _) in answers.items()} == dict.fromkeys(answers, 0)


def test_dispatch_of_a_reported_case_opens_it_first(desk: Desk, report: Report) -> None:
    code, result = desk("dispatch", short_id(report.report_id), "--to", "i2001")
    assert (code, result["ok"], result["case_id"]) == (0, True, report.report_id)
    assert (result["state"], result["assignee"]) == ("dispatched", "I2001")
    acts = [(act["kind"], act["officer_id"]) for act in result["acts"]]
    assert acts == [("open", "C4001"), ("dispatch", "D5001")]


def test_dispatch_of_a_dispatched_case_moves_it_to_another_officer(desk: Desk, report: Report) -> None:
    desk("dispatch", report.report_id, "--to", "I2001")
    _, result = desk("dispatch", report.report_id, "--to", "U3001", "--note", "- nearer")
    assert [act["kind"] for act in result["acts"]] == ["dispatch"]
    assert desk("case", report.report_id)[1]["case"]["assignee"] == "U3001"


@pytest.mark.parametrize(
    ("words", "exit_code", "error"),
    [
        (["dispatch", "ffffffff", "--to", "I2001"], 3, "case_not_found"),
        (["dispatch", "CASE", "--to", "X9999"], 3, "officer_not_found"),
        (["dispatch", "CASE", "--to", "C4001"], 3, "officer_cannot_handle"),
        (["dispatch", "CASE", "--to", "x"], 3, "officer_id_invalid"),
        (["act", "CASE", "close"], 4, "act_not_allowed"),
        (["act", "CASE", "void"], 4, "act_needs_note"),
        (["act", "CASE", "open", "--officer", "G1001"], 4, "act_not_your_role"),
        (["act", "CASE", "verify"], 2, "usage"),
        (["act", "CASE"], 2, "usage"),
        (["cases", "--state", "asleep"], 2, "usage"),
        (["cases", "--limit", "0"], 2, "usage"),
        (["cases", "--cursor", "???"], 3, "cursor_invalid"),
        (["case", "../x"], 3, "case_not_found"),
        (["seed", "--permits", "10"], 3, "already_seeded"),
        (["enrol-code", "--officer", "X9999"], 3, "officer_not_found"),
        (["enrol-code", "--hours", "-1"], 2, "usage"),
        (["bogus"], 2, "usage"),
        ([], 2, "usage"),
    ],
)
def test_refused_command_answers_with_its_code_and_one_sentence(
    desk: Desk, report: Report, words: list[str], exit_code: int, error: str
) -> None:
    words = [report.report_id if word == "CASE" else word for word in words]
    code, result = desk(*words)
    assert (code, result["ok"], result["error"]["code"]) == (exit_code, False, error)
    assert result["error"]["message"]
    assert "{" not in result["error"]["message"]
    assert error == "usage" or error in sentences("zh")


def test_refused_act_at_the_desk_leaves_nothing_behind(desk: Desk, report: Report) -> None:
    desk("act", report.report_id, "close")
    _, result = desk("case", report.report_id)
    assert (result["acts"], result["case"]["state"]) == ([], "reported")


def test_case_shows_photos_by_slot_and_whether_they_are_held(
    desk: Desk, report: Report, central: Central, device: Device
) -> None:
    def held() -> list[tuple[int, str, int, bool]]:
        _, result = desk("case", report.report_id)
        return [(p["slot"], p["lane"], p["bytes"], p["held"]) for p in result["photos"]]

    assert held() == [(1, "original", 5, False), (2, "original", 5, False)]
    sha256 = report.photos[0].original.sha256
    upload = central.uploads.create(device.device_id, sha256, 5, "image/jpeg")
    with central.uploads.open_part(upload) as part:
        part.write(b"scene")
    central.uploads.finish(upload)
    assert held() == [(1, "original", 5, True), (2, "original", 5, True)]
    assert desk("case", report.report_id)[1]["times_at_central"] == 1


def test_cases_are_listed_by_pages_newest_first(desk: Desk, central: Central, device: Device) -> None:
    maker = RecordMaker(device.device_id)
    made = [maker.report() for _ in range(5)]
    raw = [msgspec.Raw(msgspec.json.encode(maker.item(report))) for report in made]
    central.intake.push(device.device_id, raw)
    seen: list[str] = []
    cursor = ""
    while True:
        _, page = desk("cases", "--state", "reported", "--limit", "2", "--cursor", cursor)
        seen += [case["case_id"] for case in page["cases"]]
        cursor = page["cursor"]
        if not cursor:
            break
    assert seen == sorted((report.report_id for report in made), reverse=True)
    assert desk("cases", "--state", "closed")[1]["cases"] == []


def test_short_id_that_fits_two_cases_is_ambiguous(desk: Desk, central: Central, device: Device) -> None:
    maker = RecordMaker(device.device_id)
    ids = ["01a20004-3076-74ad-ae11-989a13a8c357", "01a20004-3077-74ad-ae11-989a13a8c357"]
    raw = [msgspec.Raw(msgspec.json.encode(maker.item(maker.report(report_id=i)))) for i in ids]
    central.intake.push(device.device_id, raw)
    assert desk("case", "13A8C357")[1]["error"]["code"] == "case_ambiguous"
    assert desk("case", ids[0])[1]["case"]["case_id"] == ids[0]


def test_enrol_code_can_be_typed_and_names_its_officer(desk: Desk) -> None:
    _, result = desk("enrol-code", "--officer", "g1001", "--hours", "2")
    assert parse_code(result["code"]).text() == result["code"]
    assert result["officer_id"] == "G1001"


def test_people_get_lines_instead_of_json(desk: Desk, report: Report) -> None:
    assert short_id(report.report_id) in desk.text("cases")
    assert "not here yet" in desk.text("case", report.report_id)
    assert "C4001" in desk.text("officers")


def test_folder_without_a_central_is_not_made_by_looking(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = Desk(tmp_path / "nothing", capsys)
    assert empty("cases")[1]["error"]["code"] == "central_missing"
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("folder", ["/dev/null/x", "/proc/x", "FILE"])
@pytest.mark.parametrize("command", ["seed", "serve", "enrol-code"])
def test_folder_that_cannot_be_made_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str, command: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    desk = Desk(tmp_path / "file" if folder == "FILE" else Path(folder), capsys)
    code, answer = desk(command)
    assert (code, answer["error"]["code"]) == (4, "folder_unwritable")


def test_serve_says_where_it_listens_and_stops_cleanly_when_told(tmp_path: Path) -> None:
    data = tmp_path / "central"
    words = [sys.executable, "-c", MAIN, "serve", "--data", str(data), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        ready = json.loads(server.stdout.readline())
        assert (ready["ok"], ready["pid"]) == (True, server.pid)
        session = requests.Session()
        session.trust_env = False
        health = session.get(f"{ready['url']}/v1/health", verify=ready["authority"], timeout=60)
        assert health.json()["ok"] is True
        second = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (second.returncode, json.loads(second.stdout)["error"]["code"]) == (4, "central_running")
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=60)
        session.close()
    assert (server.returncode, out, err) == (0, "", "")


def test_command_beside_a_long_write_of_another_process_says_try_later(
    desk: Desk, report: Report, central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.replica.database.BUSY_MS", 20)
    with central.store.writing():
        code, result = desk("dispatch", report.report_id, "--to", "I2001")
    assert (code, result["error"]["code"]) == (5, "store_busy")
    assert desk("dispatch", report.report_id, "--to", "I2001")[0] == 0


def test_look_ups_are_listed_of_one_plate_or_all_newest_first(
    desk: Desk, central: Central, device: Device
) -> None:
    maker = RecordMaker(device.device_id)
    made = [maker.look_up("粤B12345"), maker.look_up("粤B54321"), maker.look_up("粤B12345", answer="check")]
    for look_up in made:
        item = msgspec.Raw(msgspec.json.encode(maker.item(look_up)))
        assert central.intake.push(device.device_id, [item]).answers[0].receipt
    _, everybody = desk("lookups", "--limit", "2")
    assert [one["lookup_id"] for one in everybody["lookups"]] == [made[2].lookup_id, made[1].lookup_id]
    _, rest = desk("lookups", "--before", str(everybody["before"]))
    assert [one["lookup_id"] for one in rest["lookups"]] == [made[0].lookup_id]
    assert rest["before"] == 0
    _, one = desk("lookups", "--plate", "粤b·12345")
    assert [row["answer"] for row in one["lookups"]] == ["check", "not_allowed"]
    assert one["lookups"][0]["officer_id"] == "I2001"
    assert "permit_expired" in desk.text("lookups")


def test_case_shows_the_verdict_its_report_rests_on(desk: Desk, central: Central, device: Device) -> None:
    maker = RecordMaker(device.device_id)
    frozen = {"answer": "not_allowed", "reasons": ["expired"], "rows": [{"permit_id": "X1"}]}
    made = maker.report(facts=json.dumps(frozen))
    item = msgspec.Raw(msgspec.json.encode(maker.item(made)))
    assert central.intake.push(device.device_id, [item]).answers[0].receipt
    _, result = desk("case", short_id(made.report_id))
    assert result["facts"] == frozen
    assert "verdict not_allowed: expired" in desk.text("case", short_id(made.report_id))


def test_devices_are_listed_with_the_area_that_scope_gave_them(desk: Desk, device: Device) -> None:
    _, before = desk("devices")
    assert [(one["device_id"], one["area"]) for one in before["devices"]] == [(device.device_id, "")]
    code, given = desk("scope", device.device_id, "--area", "440306001")
    assert (code, given["ok"]) == (0, True)
    assert desk("devices")[1]["devices"][0]["area"] == "440306001"
    lines = desk.text("devices").splitlines()
    assert [line.split()[:3:2] for line in lines] == [[device.device_id, "440306001"]]
    desk("scope", device.device_id, "--area", "")
    assert desk("devices")[1]["devices"][0]["area"] == ""


@pytest.mark.parametrize(
    ("words", "exit_code", "error"),
    [
        (["scope", "nobody", "--area", "440306"], 3, "id_invalid"),
        (["scope", "01a1fd70-f1c0-7099-8f85-eb927b0639b0", "--area", "440306"], 3, "device_unknown"),
        (["scope", "DEVICE", "--area", "44x"], 3, "area_invalid"),
        (["scope", "--area", "440306"], 2, "usage"),
    ],
)
def test_scope_that_cannot_be_given_is_refused_in_plain_words(
    desk: Desk, device: Device, words: list[str], exit_code: int, error: str
) -> None:
    code, result = desk(*(device.device_id if word == "DEVICE" else word for word in words))
    assert (code, result["error"]["code"]) == (exit_code, error)
    assert "{" not in result["error"]["message"]


def test_every_decision_of_the_desk_has_its_own_command(desk: Desk, report: Report) -> None:
    case_id, act_id = report.report_id, new_id()
    assert desk("ask-check", case_id)[1]["state"] == "checking"
    assert desk("void", case_id, "--note", "twice", "--id", act_id)[1]["state"] == "void"
    assert desk("void", case_id, "--note", "twice", "--id", act_id)[1]["act_id"] == act_id

    code, refused = desk("close", case_id)
    assert (code, refused["error"]["code"]) == (4, "act_not_allowed")


def test_delay_is_granted_in_minutes_and_a_case_opened_under_a_condition(desk: Desk, report: Report) -> None:
    code, refused = desk("open", report.report_id, "--condition", "99/9")
    assert (code, refused["error"]["code"]) == (3, "condition_unknown")
    desk("dispatch", report.report_id, "--to", "U3001")

    desk("grant-delay", report.report_id, "--minutes", "120")

    acts = desk("case", report.report_id)[1]["acts"]
    assert [(act["kind"], act["minutes"]) for act in acts][-1] == ("grant_delay", 120)
