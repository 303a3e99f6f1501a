"""Very large photos within the memory of a tablet, each measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LIMIT_MB = 300

MAKE_AND_MEASURE = """
import sys
from pathlib import Path
from PIL import Image
folder, kind = Path(sys.argv[1]), sys.argv[2]
source = folder / "large"
if kind == "jpeg":
    Image.new("L", (20000, 10000), 120).save(source, "JPEG")
elif kind == "png":
    Image.new("L", (10000, 10000), 120).save(source, "PNG")
elif kind == "progressive":
    Image.new("L", (9000, 9000), 120).save(source, "JPEG", progressive=True)
from fieldapp.capture.images.derivatives import make_stamped, make_thumbnail
from fieldapp.capture.images.inspection import inspect_photo
from sync.contract.records import NOWHERE
facts = inspect_photo(source)
assert facts.derivable and facts.width * facts.height >= 80_000_000, facts
made = make_thumbnail(source, folder / "thumbnail.jpg")
assert max(made.width, made.height) == 320, made
made = make_stamped(source, folder / "stamped.jpg", ["large"], NOWHERE, None, font_path=None)
assert made.width == 2048, made
# VmHWM begins anew at exec; ru_maxrss would begin with what the parent process held
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.parametrize("kind", ["jpeg", "png", "progressive"])
def test_large_photo_gets_its_derivatives_within_the_memory_limit(tmp_path: Path, kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MAKE_AND_MEASURE, str(tmp_path), kind],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < LIMIT_MB
