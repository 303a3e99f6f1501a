"""From the first start to the open workplace: enrolling, signing in, the first fill, every refusal."""

import pytest
from PySide6.QtCore import QPointF
from shell_fakes import OpenBench

from fieldapp.services.link import LinkState
from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.tables import Stream
from sync.replica.meta import CursorAt

REFUSALS = [
    (InputRefused("code_refused"), "code"),
    (InputRefused("code_malformed"), "code"),
    (NeedsPerson("server_identity", server="x"), "server"),
    (RetryLater("unreachable", server="x"), "server"),
    (InputRefused("server_address_invalid", value="x"), "server"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_new_folder_shows_enrolment(open_bench: OpenBench, language: str) -> None:
    bench = open_bench(enrolled=False, language=language, server="https://city.test:8443", code="ABCD")

    assert bench.stage() == "enrol"
    assert bench.item("enrol.server.input").property("text") == "https://city.test:8443"
    assert bench.item("enrol.code.input").property("text") == "ABCD"


@pytest.mark.parametrize("code", ["unreachable", "server_identity", "timeout"])
def test_enrolment_that_fails_promises_nothing_to_be_sent(open_bench: OpenBench, code: str) -> None:
    bench = open_bench(enrolled=False, server="https://city.test", code="ABCD")
    bench.gate.refuse = RetryLater(code, server="x")

    bench.click("enrol.submit")

    bench.wait(lambda: bench.shell.session.property("errorText") != "")
    assert bench.shell.session.property("errorText") == bench.shell.wording.say_code(f"enrol.{code}")
    assert "自动" not in bench.shell.session.property("errorText")  # neither sent nor tried again by itself


def test_enrolled_tablet_asks_who_is_there(open_bench: OpenBench) -> None:
    bench = open_bench()

    assert bench.stage() == "signin"
    bench.wait(lambda: bench.item("signIn.officer.input").hasActiveFocus())


def test_from_enrolment_to_work_by_clicks(open_bench: OpenBench) -> None:
    bench = open_bench(enrolled=False)
    bench.type("enrol.server", "https://city.test:8443")
    bench.type("enrol.code", "ABCD-EFGH")
    bench.click("enrol.submit")

    bench.sign_in()

    bench.wait(lambda: bench.stage() == "open")
    assert bench.shell.session.property("officerName") == "陈志远"
    assert bench.item("rail").isVisible()


@pytest.mark.parametrize(("refusal", "field"), REFUSALS, ids=lambda value: getattr(value, "code", value))
def test_enrolment_refused_says_why_at_the_right_field(
    open_bench: OpenBench, refusal: FieldError, field: str
) -> None:
    bench = open_bench(enrolled=False, server="https://city.test", code="ABCD")
    bench.gate.refuse = refusal

    bench.click("enrol.submit")

    bench.wait(lambda: bench.item("enrol.error").isVisible())
    assert bench.shell.session.property("errorField") == field
    assert bench.item("enrol.error").property("text") == bench.shell.wording.say(refusal, "enrol")
    assert bench.stage() == "enrol"


def test_the_three_ways_to_fail_an_enrolment_read_differently(open_bench: OpenBench) -> None:
    bench = open_bench(enrolled=False)

    assert len({bench.shell.wording.say(refusal) for refusal, _ in REFUSALS}) == len(REFUSALS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1200)])
def test_signing_in_needs_no_scrolling_at_twice_the_text_size(
    open_bench: OpenBench, language: str, size: tuple[int, int]
) -> None:
    bench = open_bench(language=language, text_scale=2.0, size=size)
    bench.gate.known = ["G1001", "S2001"]
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    bench.shell.session.signOut()
    bench.wait(lambda: bench.stage() == "signin" and bench.item("signIn.recent.G1001").isVisible())
    bench.window.grabWindow()

    submit = bench.item("signIn.pin.submit")
    assert submit.mapToScene(QPointF(0, submit.height())).y() <= bench.window.height()
    assert submit.height() >= 64
    assert bench.item("signIn.pin.key.5").height() >= 48


def test_wrong_pin_is_said_and_cleared(open_bench: OpenBench) -> None:
    bench = open_bench()
    bench.type("signIn.officer", "G1001")

    bench.pin("signIn.pin", "999999")

    bench.wait(lambda: bench.shell.session.property("errorCode") == "pin_wrong")
    assert bench.item("signIn.message").property("text") == bench.shell.wording.say(InputRefused("pin_wrong"))
    assert bench.item("signIn.pin").property("pin") == ""


def test_unfilled_tablet_shows_progress_and_opens_when_the_data_is_there(open_bench: OpenBench) -> None:
    bench = open_bench(filled=False)
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "fill")

    bench.link.filled.emit(12e6, 48e6)
    assert bench.item("fill.progress").property("value") == pytest.approx(0.25)
    assert "12.0 MB" in bench.item("fill.progress").property("detail")

    assert bench.gate.tablet is not None
    desk = bench.gate.tablet.desk()
    at = CursorAt("c", "e", desk.clock.now())
    desk.reference.apply([], at)
    with desk.work.act():
        desk.work.meta.move_cursor(Stream.WORK, at)
    desk.work.close()
    desk.reference.close()
    bench.link.tablesChanged.emit(frozenset({"permit"}))

    bench.wait(lambda: bench.stage() == "open")


def test_fill_that_stands_still_says_why(open_bench: OpenBench) -> None:
    bench = open_bench(filled=False)
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "fill")

    bench.link.set_state(LinkState("offline", "unreachable"))

    assert bench.item("fill.reason").isVisible()
    assert bench.item("fill.reason").property("text") == bench.shell.wording.say_code("unreachable")


def test_store_of_a_newer_version_is_told_in_one_sentence(open_bench: OpenBench) -> None:
    bench = open_bench()
    assert bench.gate.tablet is not None
    newer = bench.gate.tablet.desk()
    newer.work._db.execute("PRAGMA user_version = 999")
    newer.work.close()
    newer.reference.close()

    bench.sign_in()

    bench.wait(lambda: bench.stage() == "trouble")
    assert bench.item("troublePage").property("text") == bench.shell.wording.say_code("store_too_new")
    bench.click("trouble.action")
    bench.wait(lambda: bench.stage() == "signin")
