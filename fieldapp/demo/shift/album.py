"""The album: pictures of the window as it stands, in both languages, every theme and both sizes.

OUT/shots/PAGE-LANG-THEME-WxH.png
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

from fieldapp.demo.shift.hands import Hands
from fieldapp.viewmodels.settings import SettingsViewModel

LANGUAGES = ("zh", "en")
THEMES = ("day", "sunlight", "night")
SIZES = ((1280, 800), (1920, 1200))


class Album:
    """Takes pictures and leaves the window as it was."""

    def __init__(self, hands: Hands, settings: SettingsViewModel, folder: Path, *, every_look: bool) -> None:
        self._hands = hands
        self._settings = settings
        self._folder = folder
        self._themes = THEMES if every_look else THEMES[:1]
        self._sizes = SIZES if every_look else SIZES[:1]
        self.wanted: frozenset[str] | None = None
        """The pictures that are taken; None: all."""
        self.taken: list[str] = []

    async def take(self, page: str) -> None:
        """Picture what is shown now, in every look."""
        if self.wanted is not None and page not in self.wanted:
            return
        language, theme = str(self._settings.property("language")), str(self._settings.property("theme"))
        before = self._hands.window.size()
        for size in self._sizes:
            self._hands.window.resize(*size)
            for chosen_theme, chosen_language in product(self._themes, LANGUAGES):
                self._settings.chooseTheme(chosen_theme)
                self._settings.chooseLanguage(chosen_language)
                name = f"{page}-{chosen_language}-{chosen_theme}-{size[0]}x{size[1]}.png"
                await self._hands.shot(self._folder / name)
                self.taken.append(name)
        self._settings.chooseTheme(theme)
        self._settings.chooseLanguage(language)
        self._hands.window.resize(before)
        await self._hands.settle()
