"""schemathesis reads central's description and tries it: no fault of ours, and nothing undescribed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_records import photo_of
from tests.contract.central_server import CentralUnderTest
from tests.fault.ledger_plugin import Teller

ROOT = Path(__file__).resolve().parents[2]
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
)
SEED = 20260302
CASES = re.compile(r"(\d+) generated")


def tried(
    served: CentralUnderTest, tablet: DeviceUnderTest, *, long_form: bool
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{served.url}/v1/openapi.json"]
    options = {
        "--tls-verify": str(served.authority_pem),
        "--header": f"Authorization: Bearer {tablet.token}",
        "--checks": ",".join(CHECKS),
        "--phases": "examples,coverage,fuzzing",
        "--max-examples": "200" if long_form else "5",
        "--seed": str(SEED),
        "--generation-database": "none",
        "--request-timeout": "40",
        "--warnings": "off",
    }
    if not long_form:
        options["--max-time"] = "18"
    given = [part for option in options.items() for part in option]
    return subprocess.run(
        [*command, *given, "--no-color", "--continue-on-failure"],
        cwd=Path(served.data).parent,
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": "tests.contract.schemathesis_hooks",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=3000,
        check=False,
    )


@pytest.mark.faults(22)
@pytest.mark.timeout(3600)
@pytest.mark.expects_log("Invalid HTTP request received")
def test_schemathesis_finds_no_fault_and_no_answer_that_is_not_described(
    served: CentralUnderTest, tablet: DeviceUnderTest, long_form: bool, tally: Teller
) -> None:
    report = tablet.report(photo_of(b"a photo"))
    tablet.push_record(report)
    tablet.upload(b"a photo")

    ran = tried(served, tablet, long_form=long_form)

    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    found = CASES.search(ran.stdout)
    assert found is not None, ran.stdout[-2000:]
    tally(runs=int(found[1]), seeds=str(SEED), note=f"schemathesis: {found[1]} requests")
    with served.central.store.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
