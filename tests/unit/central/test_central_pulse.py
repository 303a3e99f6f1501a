"""Long polls are woken by commits, here and elsewhere."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from sync.central.composition import Central
from sync.central.pulse import Pulse
from sync.central.store.store import Store, put_row
from sync.central.world import World
from tests.contract.central_server import permit_row

T = TypeVar("T")
LONG = 30.0


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def change(store: Store) -> int:
    with store.writing() as db:
        return put_row(db, "permit", permit_row(9))


def test_commit_of_this_process_wakes_every_waiter(central: Central) -> None:
    async def story() -> list[bool]:
        pulse = Pulse(central.store, poll_s=LONG)
        pulse.start()
        head = central.store.head()
        waiters = [asyncio.create_task(pulse.wait(head, LONG)) for _ in range(3)]
        await asyncio.sleep(0)
        await asyncio.to_thread(change, central.store)
        return await asyncio.gather(*waiters)

    assert run(story()) == [True, True, True]


def test_commit_through_another_connection_wakes_within_the_poll_interval(
    central: Central, world: World
) -> None:
    elsewhere = Store(central.settings, world)

    async def story() -> bool:
        pulse = Pulse(central.store, poll_s=0.01)
        pulse.start()
        waiter = asyncio.create_task(pulse.wait(central.store.head(), LONG))
        await asyncio.sleep(0)
        await asyncio.to_thread(change, elsewhere)
        return await waiter

    assert run(story()) is True
    elsewhere.close()


def test_waiter_that_is_already_behind_is_told_at_once(central: Central) -> None:
    async def story() -> bool:
        pulse = Pulse(central.store, poll_s=LONG)
        pulse.start()
        return await pulse.wait(central.store.head() - 1, LONG)

    assert run(story()) is True


def test_nothing_new_ends_when_the_time_is_over_and_closing_ends_at_once(central: Central) -> None:
    async def story() -> list[bool]:
        pulse = Pulse(central.store, poll_s=0.01)
        pulse.start()
        head = central.store.head()
        silent = await pulse.wait(head, 0.05)
        waiter = asyncio.create_task(pulse.wait(head, LONG))
        await asyncio.sleep(0)
        pulse.close()
        return [silent, await waiter, await pulse.wait(head, LONG)]

    assert run(story()) == [False, False, False]
