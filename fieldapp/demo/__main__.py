"""``python -m fieldapp.demo``: everything on one machine, to be tried out.

    seed the demo city (once) → serve it on loopback → a code for a new tablet → the app → stop it all
    beside that the city's base map is drawn (once, half a minute) and put on the tablet

    --data DIR    where the demo keeps itself (default: the user's own data folder, fieldapp-demo)
    --permits N   size of the city, the first time (default 100,000)
    --new         forget the tablet (not the city) and enrol again
    --shift …     play a whole shift through the window instead (see ``fieldapp.demo.shift``)
    --case-loop … play a case's whole life through the window instead (see ``fieldapp.demo.case_loop``)
    --city-day …  play a day of the city instead, many tablets, no window (see ``fieldapp.demo.city_day``)

Anything else goes to the app, for example ``--lang en --theme night --size 1920x1200``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import platformdirs

from fieldapp.demo.central import DemoCentral
from fieldapp.demo.officers import demo_officers
from sync.contract.errors import EXIT_USAGE, FieldError
from sync.control import ControlClient
from sync.messages import sentence
from sync.replica.basemap import import_base_map
from sync.replica.folder import DataFolder

SHOWN_OFFICERS = ("G1001", "G1002", "S2001", "U3001")


def main(argv: Sequence[str]) -> int:
    """Run the demo, or the shift."""
    if "--shift" in argv:
        from fieldapp.demo.shift.command_line import main as play_shift

        return play_shift([argument for argument in argv if argument != "--shift"])
    if "--case-loop" in argv:
        from fieldapp.demo.case_loop.command_line import main as play_loop

        return play_loop([argument for argument in argv if argument != "--case-loop"])
    if "--city-day" in argv:
        from fieldapp.demo.city_day import main as play_day

        return play_day([argument for argument in argv if argument != "--city-day"])
    asked, for_the_app = _parse(argv)
    data: Path = asked.data
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    central = DemoCentral(data / "central")
    try:
        return _run(central, data / "tablet", asked, for_the_app)
    except FieldError as error:
        sys.stderr.write(sentence(error.code, error.facts) + "\n")
        return error.exit_code
    except KeyboardInterrupt:
        return EXIT_USAGE
    finally:
        central.stop_drawing()
        stop_daemon(data / "tablet")
        central.stop()


def _run(central: DemoCentral, tablet: Path, asked: argparse.Namespace, for_the_app: list[str]) -> int:
    if not central.seeded:
        _say(f"Making the demo city with {asked.permits:,} permits. This is done once and takes a while …")
        rows = central.seed(asked.permits)
        _say("  " + ", ".join(f"{name} {count:,}" for name, count in rows.items()))
    url = central.serve()
    _say(f"Central serves on {url} (process {central.pid})")
    if asked.new:
        stop_daemon(tablet)
        shutil.rmtree(tablet, ignore_errors=True)
    extra: list[str] = []
    if not (tablet / "keys.json").exists():
        code = central.enrol_code()
        _say(f"Enrolment code: {code}   (already filled in)")
        extra = ["--server", url, "--code", code]
    Thread(target=_bring_map, args=(central, tablet), name="base map", daemon=True).start()
    _say("Officers to sign in with (number, PIN, name, role):")
    for officer in demo_officers():
        if officer.number in SHOWN_OFFICERS:
            _say("  " + "  ".join(officer))
    from fieldapp.app import main as open_window

    if "--camera" not in for_the_app:
        extra += ["--camera", "replay:demo"]
    return open_window(["--data", str(tablet), *extra, *for_the_app])


def _bring_map(central: DemoCentral, tablet: Path) -> None:
    """The city's base map, drawn the first time, is there when the map is looked at next; central offers it,
    so that a tablet that takes it away can fetch it again."""
    file = tablet.with_name("demo-city.mbtiles")
    if (tablet / "basemap.mbtiles").exists() or not central.draw_map(file):
        return
    try:
        central.ask("base-map", str(file))
        import_base_map(DataFolder(tablet), file)
    except FieldError as error:
        _say(sentence(error.code, error.facts))


def stop_daemon(tablet: Path) -> None:
    """Ask the tablet's daemon to stop, if one runs."""
    if not tablet.exists():
        return
    try:
        with ControlClient(DataFolder(tablet)) as client:
            client.ask("stop")
    except FieldError:
        return


def _parse(argv: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    home = Path(platformdirs.user_data_dir("fieldapp-demo", appauthor=False))
    parser = argparse.ArgumentParser(prog="fieldapp.demo", description=__doc__, allow_abbrev=False)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", type=Path, default=home, metavar="DIR")
    parser.add_argument("--permits", type=int, default=100_000, metavar="N")
    parser.add_argument("--new", action="store_true")
    return parser.parse_known_args(list(argv))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
