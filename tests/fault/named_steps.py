"""The real daemon or the real central as a process that halts at one named step of the protocol.

    python -m tests.fault.named_steps '{"step": …, "nth": 1, "read_s": 2}' app|sync|central ARGUMENTS…

Nothing of this is in the product: the step's function is wrapped here, before the program's own entry point
runs. The process says ``stopped STEP`` on standard error and stops itself (SIGSTOP), all its threads with it;
whoever waits then kills it or lets it go on (SIGCONT). Time-outs and the reserve can be made small as well.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial, reduce
from importlib import import_module
from typing import Any

Step = tuple[str, bool]
"""Where a function lives, and whether to stop before it (else after)."""

DAEMON: dict[str, Step] = {
    "freezing, not committed": ("sync.replica.outbox:Outbox.freeze_batch", False),
    "not frozen, not connected": ("sync.remote.http:HttpRemote.push", True),
    "frozen, no byte sent": ("sync.pushing:Pusher._freeze", False),
    "push answered, nothing noted": ("sync.remote.http:HttpRemote.push", False),
    "push noted, not committed": ("sync.replica.outbox:Outbox.mark_sent", False),
    "push committed": ("sync.pushing:Pusher._settle", False),
    "before the offer": ("sync.remote.http:HttpRemote.offer", True),
    "offer answered": ("sync.remote.http:HttpRemote.offer", False),
    "before an upload": ("sync.remote.http:HttpRemote.upload", True),
    "upload created": ("sync.remote.tus:TusUpload._create", False),
    "a piece of a chunk left": ("sync.remote.tus:Slice.read", False),
    "a chunk answered": ("sync.remote.tus:TusUpload._patch", False),
    "a file all sent": ("sync.remote.http:HttpRemote.upload", False),
    "file receipt noted, not committed": ("sync.replica.uploads:Uploads.mark_sent", False),
    "file receipts committed": ("sync.uploading:Uploader._settle", False),
    "changes answered": ("sync.remote.http:HttpRemote.changes", False),
    "changes applied": ("sync.pulling:Puller._apply", False),
    "before the checkpoint": ("sync.link:Link.tidy", True),
    "after the checkpoint": ("sync.link:Link.tidy", False),
}
CENTRAL: dict[str, Step] = {
    "operation written, not committed": ("sync.central.store.intake:Intake._take_raw", False),
    "push committed, not answered": ("sync.central.store.intake:Intake.push", False),
    "upload row written, not answered": ("sync.central.store.uploads:Uploads.keep", False),
    "some bytes of an upload written": ("sync.central.store.uploads:Uploads.append", False),
    "all bytes there, not verified": ("sync.central.store.uploads:Uploads.finish", True),
    "blob stored, row not written": ("sync.central.store.objects:place", False),
    "row written, not committed": ("sync.central.store.objects:Objects._vouch", False),
    "file committed, not answered": ("sync.central.store.uploads:Uploads.finish", False),
}


def halting(step: str, nth: int) -> None:
    """Wrap the function of a step so that its nth call (counted in all threads) stops this process."""
    path, before = {**DAEMON, **CENTRAL}[step]
    module, _, names = path.partition(":")
    *classes, name = names.split(".")
    place = reduce(getattr, classes, import_module(module))
    inner: Callable[..., Any] = getattr(place, name)
    lock, calls = threading.Lock(), [0]

    def count() -> None:
        with lock:
            calls[0] += 1
            due = calls[0] == nth
        if due:
            os.write(2, f"stopped {step}\n".encode())
            os.kill(os.getpid(), signal.SIGSTOP)

    def outer(*arguments: Any, **named: Any) -> Any:
        if before:
            count()
        result = inner(*arguments, **named)
        if not before:
            count()
        return result

    setattr(place, name, outer)


def short_of_patience(options: dict[str, Any]) -> None:
    """Time-outs and the reserve in small, so that a test need not wait as long as a person would."""
    waits = {name: options[name] for name in ("connect_s", "read_s") if name in options}
    if waits:
        import_module("sync.remote.transport").Transport.__init__.__kwdefaults__.update(waits)
    if "reserve_bytes" in options:
        import_module("sync.replica.folder").RESERVE_BYTES = options["reserve_bytes"]
    small = {name: options[f"central_{name}"] for name in CENTRAL_SETTINGS if f"central_{name}" in options}
    if small:
        commands = import_module("sync.central.commands")
        commands.Settings = partial(commands.Settings, **small)


CENTRAL_SETTINGS = ("stall_s", "reserve_bytes")
PROGRAMS = {
    "app": "fieldapp.cli:main",
    "sync": "sync.cli.commands:run_sync",
    "central": "sync.central.cli:command",
}


def main() -> int:
    """Prepare and run the program."""
    options: dict[str, Any] = json.loads(sys.argv[1])
    program, *arguments = sys.argv[2:]
    short_of_patience(options)
    if options.get("step"):
        halting(options["step"], options.get("nth", 1))
    module, _, entry = PROGRAMS[program].partition(":")
    code: int = getattr(import_module(module), entry)(arguments)
    return code


if __name__ == "__main__":
    sys.exit(main())
