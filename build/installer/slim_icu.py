"""Makes a smaller ``libicudata``: Qt's carries 700 locales and every code page, the app speaks two languages.

    libicudata.so.NN → its data → icupkg without what is not kept → the same library again, a tenth as large

This is what ICU calls data customisation (unicode-org.github.io/icu, "ICU Data"): the data of root, English
and Chinese stays whole, what is asked of any other locale falls back to root. Needs icupkg and binutils.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

LANGUAGES = ("root", "en", "zh")
CONVERTERS = ("gb18030",)
UNUSED = ("brkitr", "rbnf", "translit")
"""Breaking text, spelling out numbers, transliterating: Qt does the first itself, the others not at all."""
_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Za-z0-9_]*)?")
_SHARED = ("pool", "res_index", "supplementaldata", "ucadata")


def keeps(item: str) -> bool:
    """Whether an item of the data, ``curr/zh_Hans.res`` or ``gb18030.cnv``, stays."""
    folder, _, file = item.rpartition("/")
    name, _, kind = file.rpartition(".")
    if kind == "cnv":
        return name in CONVERTERS
    if folder in UNUSED:
        return False
    if kind != "res" or name in _SHARED or not _LOCALE.fullmatch(name):
        return True
    return name.split("_")[0] in LANGUAGES


def slim(library: Path, target: Path) -> None:
    """Write the slim library to ``target``; raises ``CalledProcessError`` when a tool refuses."""
    symbol, offset, size = _data_of(library)
    with tempfile.TemporaryDirectory(prefix="icu-") as place:
        folder = Path(place)
        name = symbol.removesuffix("_dat") + "l.dat"
        whole, small, gone = folder / name, folder / "small" / name, folder / "gone.txt"
        small.parent.mkdir()
        with library.open("rb") as source:
            source.seek(offset)
            whole.write_bytes(source.read(size))
        items = _told("icupkg", "-l", str(whole)).split()
        gone.write_text("\n".join(item for item in items if not keeps(item)) + "\n")
        _told("icupkg", "-r", str(gone), str(whole), str(small))
        _link(small, symbol, library.name, target, folder)


def _data_of(library: Path) -> tuple[str, int, int]:
    """The data's symbol, its offset in the file and its length (the library holds nothing else)."""
    told = _told("readelf", "-sW", "--dyn-syms", str(library))
    found = re.search(r"([0-9a-f]{16})\s+(\S+)\s+OBJECT\s+GLOBAL\s+DEFAULT\s+\d+\s+(icudt\d+_dat)", told)
    if found is None:
        raise ValueError(f"{library.name} holds no ICU data")
    address, size, symbol = found.groups()
    sections = _told("readelf", "-SW", str(library))
    data = re.search(r"\.rodata\s+PROGBITS\s+([0-9a-f]+)\s+([0-9a-f]+)", sections)
    if data is None:
        raise ValueError(f"{library.name} has no .rodata")
    offset = int(address, 16) - int(data.group(1), 16) + int(data.group(2), 16)
    return symbol, offset, int(size, 0)


def _link(data: Path, symbol: str, soname: str, target: Path, folder: Path) -> None:
    source, compiled = folder / "data.s", folder / "data.o"
    source.write_text(
        f'.section .rodata,"a"\n.balign 16\n.globl {symbol}\n.type {symbol}, %object\n'
        f'{symbol}:\n.incbin "{data}"\n.size {symbol}, . - {symbol}\n.section .note.GNU-stack,"",%progbits\n'
    )
    _told("as", "-o", str(compiled), str(source))
    _told("ld", "-shared", "-soname", soname, "--hash-style=gnu", "-o", str(target), str(compiled))
    _told("strip", "--strip-unneeded", str(target))


def _told(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.stdout


if __name__ == "__main__":
    slim(Path(sys.argv[1]), Path(sys.argv[2]))
