"""Whatever the link does, whenever somebody takes a record back: central never has what was removed here."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from contextlib import suppress
from enum import Enum
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.contract.errors import RetryLater
from sync.contract.wire import PushItem, PushReply
from sync.remote.base import Begins, unheeded
from sync.remote.memory import MemoryCentral, MemoryRemote
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet


class Link(Enum):
    """What becomes of one request."""

    NO_CONNECTION = "no connection"
    CUT = "cut before central has it all"
    NO_ANSWER = "taken, and not answered"
    TWICE = "taken twice"
    WELL = "well"


class Act(Enum):
    """What a person does."""

    SAVE = "save"
    TAKE_BACK = "take back"
    SAVE_ANEW = "save what was taken back, with other words"
    ROUND = "a round"
    KILL = "kill and start again"


class Drawn(MemoryRemote):
    """A link drawn by chance; while it opens, and while it is waited for, somebody may take a record back."""

    def __init__(self, central: MemoryCentral, people: People, links: list[Link]) -> None:
        super().__init__(central, DEVICE)
        self._people = people
        self._links = links

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        link = self._links.pop() if self._links else Link.WELL
        self._people.meddle()
        if link is Link.NO_CONNECTION:
            raise RetryLater("unreachable")
        begins()
        self._people.began |= {item.record_id for item in items}
        self._people.meddle()
        if link is Link.CUT:
            raise RetryLater("unreachable")
        reply = super().push(items)
        if link is Link.NO_ANSWER:
            raise RetryLater("timeout")
        return super().push(items) if link is Link.TWICE else reply


class People:
    """One tablet and what its people believe."""

    def __init__(self, root: Path, data: st.DataObject) -> None:
        self._root = root
        self._data = data
        self.tablet = Tablet(root)
        self.began: set[str] = set()
        self.gone: set[str] = set()
        self.made: list[str] = []

    def save(self) -> None:
        self.made.append(self.tablet.report(note=f"words {len(self.made)}").report_id)

    def take_back(self) -> None:
        here = [one for one in self.made if one not in self.gone]
        if not here:
            return
        record = self._data.draw(st.sampled_from(here))
        with self.tablet.work.act():
            removed = self.tablet.work.outbox.remove_unsent(record)
        assert removed == (record not in self.began), "taken back wholly just as long as nothing of it left"
        if removed:
            self.gone.add(record)

    def save_anew(self) -> None:
        """A draft that is submitted again makes a record of the same number, with another body."""
        if not self.gone:
            return
        record = self._data.draw(st.sampled_from(sorted(self.gone)))
        self.gone.discard(record)
        self.tablet.report(note=f"other words {len(self.made)}", report_id=record)

    def meddle(self) -> None:
        if self._data.draw(st.booleans()):
            self.take_back()
        if self._data.draw(st.integers(0, 4)) == 0:
            self.save_anew()

    def kill(self) -> None:
        self.tablet.close()
        self.tablet = Tablet(self._root)


@cache
def _template() -> Path:
    """An empty tablet's folder, made once."""
    root = Path(tempfile.mkdtemp(prefix="fieldapp-back-"))
    atexit.register(shutil.rmtree, root)
    Tablet(root / "tablet").close()
    return root / "tablet"


LINKS = st.lists(st.sampled_from(Link), max_size=6)
TORTURE = settings().max_examples > 100


@settings(max_examples=300 if TORTURE else 12)
@given(data=st.data(), links=LINKS, acts=st.lists(st.sampled_from(Act), min_size=3, max_size=14))
def test_central_never_has_what_was_taken_back_wholly_and_has_the_rest(
    data: st.DataObject, links: list[Link], acts: list[Act]
) -> None:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    with tempfile.TemporaryDirectory(prefix="fieldapp-back-") as root:
        people = People(shutil.copytree(_template(), Path(root) / "tablet"), data)
        for act in [Act.SAVE, *acts]:
            match act:
                case Act.SAVE:
                    people.save()
                case Act.TAKE_BACK:
                    people.take_back()
                case Act.SAVE_ANEW:
                    people.save_anew()
                case Act.KILL:
                    people.kill()
                case Act.ROUND:
                    with suppress(RetryLater):
                        people.tablet.engine(Drawn(central, people, links)).round()
            assert not people.gone & central.bodies().keys()
        people.tablet.engine(MemoryRemote(central, DEVICE)).round()
        here = {one: people.tablet.work.outbox.entry(one) for one in people.made if one not in people.gone}
        assert central.bodies() == {one: entry.record.body for one, entry in here.items() if entry}
        assert all(here.values())
        people.tablet.close()
