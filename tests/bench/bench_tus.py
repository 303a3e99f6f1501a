"""200 photos of 300 KB to receipts, ours and `tuspy` at `tuspyserver`, in one run over the same TLS.

tuspyserver wants other versions of its web framework than ours, so it gets an environment of its own, made
for the run; where that cannot be made the figure is left out, and that is said. It writes each photo and
fsyncs only the small file that describes it, not the photo (4.4.3); ours gives no receipt before photo,
folder and row are fsynced. tuspy sends on as many threads as we use, a creation and one PATCH for each photo,
as it does by itself.
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests
from tusclient.client import TusClient

from sync.flight import CONNECTIONS
from tests.bench.bench_push import PHOTO_BYTES, PHOTOS, photos_sent
from tests.bench.shift_bench import SyncBench, sync_bench

TUSPYSERVER = "tuspyserver==4.4.3"
SERVER = Path(__file__).with_name("tus_server.py")
WHAT = f"push of {PHOTOS} photos of {PHOTO_BYTES // 1000} KB"
NAME = f"{WHAT} against tuspy at tuspyserver (which fsyncs no photo)"


def run() -> list[dict[str, Any]]:
    """Ours against tuspy; nothing where tuspyserver cannot be had."""
    chance = random.Random(8)
    photos = [chance.randbytes(PHOTO_BYTES) for _ in range(PHOTOS)]
    with TemporaryDirectory(prefix="fieldapp-tus-") as name, sync_bench() as bench:
        python = _environment(Path(name))
        if python is None:
            print(f"  left out: {TUSPYSERVER} could not be installed")
            return []
        ours = photos_sent(bench)
        with _served(bench, python, Path(name) / "files") as url:
            theirs = _tuspy(bench, url, photos)
    print(f"  limit: ahead of it (ratio < 1): {'met' if ours < theirs else 'not met'}")
    return [{"name": NAME, "unit": "s", "ours": ours, "reference": theirs, "ratio": ours / theirs}]


def _environment(folder: Path) -> Path | None:
    made = [sys.executable, "-m", "venv", str(folder / "venv")]
    python = folder / "venv" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", TUSPYSERVER, "uvicorn", "python-multipart"]
    for command in (made, install):
        if subprocess.run(command, capture_output=True, timeout=300, check=False).returncode:
            return None
    return python


@contextmanager
def _served(bench: SyncBench, python: Path, folder: Path) -> Iterator[str]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chain, key = str(bench.authority.chain_path), str(bench.authority.key_path)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(python), str(SERVER), str(port), chain, key, str(folder)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(port)
            yield f"https://127.0.0.1:{port}/files"
        finally:
            server.terminate()


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("tuspyserver did not start")


def _tuspy(bench: SyncBench, url: str, photos: list[bytes]) -> float:
    os.environ["REQUESTS_CA_BUNDLE"] = str(bench.authority.pem_path)
    requests.options(url, timeout=20)

    def send(photo: bytes) -> None:
        client = TusClient(url)
        told = {"sha256": hashlib.sha256(photo).hexdigest(), "filetype": "image/jpeg"}
        client.uploader(file_stream=io.BytesIO(photo), metadata=told).upload()

    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(send, photos))
    return time.perf_counter() - began
