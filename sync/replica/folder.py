"""The data folder of one tablet: where everything lies.

reference.db   public reference data, in the clear, rebuildable
work.db        work data, SQLCipher, precious
files/ab/…     photo files named by their SHA-256
fetched/       files of others, asked of central when somebody looked; may be emptied at any time
journal/       what changed since the copies, encrypted
copies/        good copies of work.db
damaged/       databases that were found damaged, kept for examination
keys.json      the wrapped data key (never the key itself)
authority.pem  the pinned certificate authority of central
basemap.mbtiles  the map under the map, public, in the clear, from central or a file
basemap.json   what is known of base maps: offered, wished, here
settings.json  what the device owner chose; nothing personal
sending.json   what may be sent when; nothing personal
daemon.lock    who the daemon is
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from sync.contract.errors import NeedsPerson
from sync.contract.records import Lane
from sync.replica.files import make_folder

_SUFFIX = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "audio/wav": ".wav",
}
MEDIA_TYPES = {suffix: media_type for media_type, suffix in _SUFFIX.items()}
"""What lies in a file, by the ending of its name."""
_SOCKET_PATH_MAX = 100
RESERVE_BYTES = 64_000_000
"""Free space below which a new capture is refused, so that what is open can still be finished."""


class DataFolder:
    """Paths inside one data folder; created private to the user (0700) when absent."""

    def __init__(self, root: Path) -> None:
        try:
            self.root = Path(os.path.realpath(root.expanduser()))  # one name, or two would keep two sessions
            make_folder(self.root)
            self.files.mkdir(exist_ok=True, mode=0o700)
            self.reference.mkdir(exist_ok=True, mode=0o700)
        except (OSError, RuntimeError) as error:  # RuntimeError: there is nobody of that name
            raise NeedsPerson("folder_unwritable", folder=str(root)) from error

    @property
    def reference(self) -> Path:
        """Where public reference databases lie, one file per snapshot taken."""
        return self.root / "reference"

    @property
    def work_db(self) -> Path:
        """The encrypted work database."""
        return self.root / "work.db"

    @property
    def journal(self) -> Path:
        """Where the journal's segments lie."""
        return self.root / "journal"

    @property
    def copies(self) -> Path:
        """Where good copies of the work database lie."""
        return self.root / "copies"

    @property
    def damaged(self) -> Path:
        """Where damaged databases are kept."""
        return self.root / "damaged"

    @property
    def suspect(self) -> Path:
        """There while somebody has met damage in the work database; it is looked at when it is opened."""
        return self.root / "work.suspect"

    def holds_work(self) -> bool:
        """Whether this tablet has worked: a store, or what one can be made anew from."""
        return self.work_db.exists() or self.has_beside()

    def has_beside(self) -> bool:
        """Whether a journal or copies are here."""
        made_of = ((self.journal, "*.log"), (self.copies, "*.db"))
        return any(any(top.glob(names)) for top, names in made_of)

    @property
    def keys(self) -> Path:
        """The wrapped data key."""
        return self.root / "keys.json"

    @property
    def authority(self) -> Path:
        """The pinned certificate authority, PEM."""
        return self.root / "authority.pem"

    @property
    def settings(self) -> Path:
        """The device owner's choices."""
        return self.root / "settings.json"

    @property
    def base_map(self) -> Path:
        """The base map: tiles drawn under everything else, where there are some."""
        return self.root / "basemap.mbtiles"

    @property
    def map_note(self) -> Path:
        """What is known of base maps."""
        return self.root / "basemap.json"

    @property
    def sending(self) -> Path:
        """What may be sent when."""
        return self.root / "sending.json"

    @property
    def lock(self) -> Path:
        """The daemon's lock file."""
        return self.root / "daemon.lock"

    @property
    def files(self) -> Path:
        """Where photo files lie."""
        return self.root / "files"

    @property
    def derived(self) -> Path:
        """Where thumbnails and stamped pictures lie."""
        return self.root / "derived"

    @property
    def fetched(self) -> Path:
        """Where files of others lie that were asked of central; nothing there is missed when it goes."""
        return self.root / "fetched"

    def fetched_file(self, sha256: str) -> Path:
        """The path of a file of others, named by its hash alone."""
        return self.fetched / sha256

    @property
    def socket(self) -> Path:
        """The daemon's control socket; in a private short folder where this one's path is too long."""
        path = self.root / "daemon.sock"
        if len(os.fsencode(path)) <= _SOCKET_PATH_MAX:
            return path
        name = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        short = Path(tempfile.gettempdir()) / f"fieldapp-{os.getuid()}-{name}"
        short.mkdir(mode=0o700, exist_ok=True)
        _require_own(short)
        return short / "daemon.sock"

    def file(self, sha256: str, media_type: str, lane: Lane = Lane.ORIGINAL) -> Path:
        """The path of a photo's file, named by its hash; originals and derivatives lie apart."""
        top = self.files if lane is Lane.ORIGINAL else self.derived
        return top / sha256[:2] / f"{sha256}{_SUFFIX.get(media_type, '.bin')}"

    def free_bytes(self) -> int:
        """Free bytes where the data lies; ``folder_unwritable`` where that is gone."""
        try:
            return shutil.disk_usage(self.root).free
        except OSError as error:
            raise NeedsPerson("folder_unwritable", folder=str(self.root)) from error

    def require_room(self, bytes_wanted: int) -> None:
        """Refuse (``disk_full``) what would eat into the reserve."""
        free = self.free_bytes()
        if free < bytes_wanted + RESERVE_BYTES:
            raise NeedsPerson("disk_full", free_mb=free // 1_000_000)


def _require_own(folder: Path) -> None:
    """Refuse a folder in a place shared by all that somebody else made or may write to."""
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and not stat.S_IMODE(found.st_mode) & 0o077
    if not private or found.st_uid != os.getuid():
        raise NeedsPerson("folder_unwritable", folder=str(folder))
