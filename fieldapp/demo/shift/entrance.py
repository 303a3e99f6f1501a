"""The way in, click by click: enrol, sign in, wait for the first fill; and out again for the next officer."""

from __future__ import annotations

from fieldapp.demo.central import DemoCentral
from fieldapp.demo.shift.album import Album
from fieldapp.demo.shift.hands import Hands
from fieldapp.demo.shift.link_thread import LinkThread
from fieldapp.shell import Shell

FILL_S = 180.0


class Entrance:
    """What a person does before and after the work."""

    def __init__(
        self, shell: Shell, hands: Hands, album: Album, central: DemoCentral, link: LinkThread
    ) -> None:
        self._shell = shell
        self._hands = hands
        self._album = album
        self._central = central
        self._link = link

    async def enrol(self) -> None:
        """Let the tablet in, by typing address and code."""
        hands = self._hands
        await hands.find("enrol.server")
        await self._album.take("enrol")
        await hands.click("enrol.server.input")
        await hands.type(self._link.url)
        await hands.click("enrol.code.input")
        await hands.type(self._central.enrol_code())
        await hands.click("enrol.submit")
        await hands.find("signIn.officer")

    async def sign_in(self, officer: str, pin: str) -> None:
        """Type an officer's number and PIN."""
        hands = self._hands
        await hands.find("signIn.officer.input")
        await self._album.take("sign-in")
        field = await hands.find("signIn.officer.input")
        if field.property("text") != officer:
            field.setProperty("text", "")
            await hands.click("signIn.officer.input")
            await hands.type(officer)
        for digit in pin:
            await hands.click(f"signIn.pin.key.{digit}")
        await hands.click("signIn.pin.submit")
        await hands.wait("signed in", lambda: self.stage() in ("fill", "open"))

    async def fill(self) -> None:
        """Wait for the city to come."""
        await self._hands.wait("the first fill", lambda: self.stage() == "open", FILL_S)
        await self._hands.find("workplace")

    async def sign_out(self) -> None:
        """Leave the tablet to the next."""
        hands = self._hands
        await hands.click("rail.item.settings")
        await hands.click("settings.signOut")
        await hands.click("settings.leave.accept")
        await hands.wait("the sign-in page", lambda: self.stage() == "signin")

    def stage(self) -> str:
        """Where the window stands."""
        return str(self._shell.session.property("stage"))
