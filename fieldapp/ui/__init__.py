"""The QML module `fieldapp.ui` and what it needs from Python: fonts, icons, the gallery."""
