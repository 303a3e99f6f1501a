"""Filling: a ready-built snapshot put in the place of what is held, and what cannot wait for it.

    urgent (revocations, blacklist) → manifest: signed? this epoch? not older? → frames → whole → swap

Until the swap the tablet works on with what it has, in which what was revoked meanwhile is already marked.
"""

from __future__ import annotations

from collections.abc import Callable

from sync.clock import Clock
from sync.contract.errors import RetryLater
from sync.contract.tables import BLACKLIST, PERMIT, Stream
from sync.contract.wire import Change, SnapshotManifest
from sync.listener import Listener
from sync.plan import refuse_shrinking
from sync.remote.base import CursorGone, Remote
from sync.replica.reference import ReferenceStore
from sync.replica.snapshot import SnapshotFill
from sync.replica.snapshot_trust import require_epoch, require_not_older, require_signed
from sync.replica.work import WorkStore
from sync.runs import Carved, one_range, runs_of

URGENT_EVERY_S = 60.0
"""How often a long fill asks for what is urgent."""
STALE_S = 900.0
"""A replica that has not been brought up to date for so long asks for what is urgent before anything else."""


class Filler:
    """Takes snapshots, and what is urgent ahead of everything."""

    def __init__(
        self, work: WorkStore, reference: ReferenceStore, remote: Remote, clock: Clock, listener: Listener
    ) -> None:
        self._work = work
        self._reference = reference
        self._remote = remote
        self._clock = clock
        self._listener = listener

    def urgent_when_stale(self) -> None:
        """Before a round: what is urgent, when what is held has not been brought up to date for a while."""
        held = self._reference.cursor()
        if held is not None and abs((self._clock.now() - held.moved_at).total_seconds()) > STALE_S:
            self.urgent()

    def urgent(self) -> None:
        """Revoked and void permits marked, and the blacklist taken, ahead of their turn in the streams."""
        held = self._reference.cursor()
        page = self._remote.urgent(held.epoch if held else "", self._reference.sequence())
        entries = [
            Change(page.sequence, BLACKLIST.name, str(row[BLACKLIST.key]), row) for row in page.blacklist
        ]
        if entries:
            with self._work.act():
                self._work.city.apply(entries)
        if page.permits:
            self._reference.withdraw(page.permits)
        self._listener.tables([BLACKLIST.name, PERMIT.name])

    def has_another(self) -> bool:
        """Whether central publishes another snapshot than the one held, and no older one."""
        manifest = self._remote.snapshot(0)
        held = self._reference
        return manifest.sequence >= held.sequence() and not held.name.startswith(manifest.raw_sha256[:16])

    def fill(self, between: Callable[[], None], *, guarded: bool, anew: bool = False) -> None:
        """Take the newest snapshot and put it in force. ``between`` may raise to stop; what came is kept.

        ``anew``: though nothing is wrong with what is held, which no older one may then replace.
        """
        if self._reference.sequence():
            self.urgent()
        manifest = self._remote.snapshot(self._reference.sequence() if anew else 0)
        self._require_trusted(manifest)
        if guarded:
            for table, before in self._reference.counts().items():
                refuse_shrinking(table, before, manifest.rows.get(table, 0))
        with SnapshotFill(self._work.folder, manifest) as fill:
            missing = fill.missing()
            self._work.folder.require_room(manifest.raw_bytes + sum(frame.length for frame in missing))
            done, urgent_at = fill.done_bytes(), self._clock.monotonic()
            self._listener.fill(done, manifest.bytes)
            for run in runs_of(missing):
                arriving = Carved(self._remote.snapshot_frame(manifest, one_range(run)))
                for frame in run:
                    between()
                    fill.take(frame, arriving.next(frame.length))
                    done += frame.length
                    self._listener.fill(done, manifest.bytes)
                arriving.end()
                if self._clock.monotonic() - urgent_at > URGENT_EVERY_S:
                    self.urgent()
                    urgent_at = self._clock.monotonic()
            self._reference.adopt(fill.finish())

    def _require_trusted(self, manifest: SnapshotManifest) -> None:
        require_signed(manifest, self._work.meta.require_identity())
        try:
            epoch = self._remote.changes(Stream.REFERENCE, manifest.cursor).epoch
        except CursorGone as gone:
            raise RetryLater("snapshot_epoch", found=manifest.epoch[:32], expected="?") from gone
        require_epoch(manifest, epoch)
        held = self._reference.cursor()
        if held is not None and held.epoch == epoch and self._is_served(held.cursor):
            require_not_older(manifest, self._reference.sequence())

    def _is_served(self, cursor: str) -> bool:
        """Whether central still goes on from what is held. Where not, it was set back, and older is newer."""
        try:
            self._remote.changes(Stream.REFERENCE, cursor)
        except CursorGone:
            return False
        return True
