"""A token that cannot be renewed is nobody's fault: no record and no file is blamed for it."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from sync.contract.errors import RetryLater
from sync.contract.ids import new_id
from sync.contract.wire import Problem
from sync.remote.answers import OUR_PROBLEMS, PROBLEM_JSON, Answer
from sync.remote.device_key import DeviceKey
from sync.remote.http import HttpRemote
from sync.remote.transport import Transport
from sync.replica.meta import Identity
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY, DEVICE, Tablet


def problem(status: int, code: str) -> Answer:
    body = Problem(OUR_PROBLEMS + code, code, status, code)
    return Answer(status, {"content-type": PROBLEM_JSON}, msgspec.json.encode(body))


class Central(Transport):
    """Answers by path."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self._answers = answers

    def ask(self, method: str, path: str, **_: object) -> Answer:  # type: ignore[override]
        return self._answers[path]

    def close(self) -> None:
        """Nothing to let go of."""


@pytest.mark.parametrize("code", ["nonce_used", "nonce_invalid", "json_invalid"])
def test_record_waits_when_a_copy_of_the_wish_for_a_token_is_refused(data_dir: Path, code: str) -> None:
    identity = Identity("https://c", DEVICE, DeviceKey.generate().private_hex(), new_id(), "epoch1", CITY)
    answers = {"/v1/push": problem(401, "token_expired"), "/v1/token": problem(409, code)}
    remote = HttpRemote(identity, data_dir / "authority.pem", transport=Central(answers))
    with Tablet(data_dir) as tablet:
        report = tablet.report()
        with pytest.raises(RetryLater, match="not_ours"):
            tablet.engine(remote).round()
        assert (tablet.state(report.report_id), tablet.code(report.report_id)) == (
            ItemState.WAITING,
            "not_ours",
        )
