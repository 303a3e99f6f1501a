"""Which files belong to the project: what git tracks or would; the plain tree where there is no checkout."""

import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {"__pycache__"}


def project_files() -> list[Path]:
    """Every file of the project, relative to its root, sorted; deleted ones left out."""
    listed = _listed_by_git()
    names = listed if listed is not None else _found_in_tree()
    return sorted(name for name in names if (PROJECT / name).is_file())


def _listed_by_git() -> set[Path] | None:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        answer = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    if answer.returncode != 0:
        return None
    return {Path(name) for name in answer.stdout.decode().split("\0") if name}


def _found_in_tree() -> set[Path]:
    found = set()
    for path in PROJECT.rglob("*"):
        name = path.relative_to(PROJECT)
        folders = name.parts[:-1]
        hidden = any(part.startswith(".") and part != ".ci" for part in folders)
        made = any(part in SKIPPED_FOLDERS or part.endswith(".egg-info") for part in folders)
        if path.is_file() and not hidden and not made:
            found.add(name)
    return found
