"""Does the demo open where it says, refuse what it must, and leave nothing behind when it ends?"""

import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.browser.conftest import RunningDesk

DEMO = (sys.executable, "-m", "bot.cli", "demo")


def test_a_demo_that_is_told_to_stop_takes_its_record_with_it(tmp_path: Path) -> None:
    process = subprocess.Popen(  # noqa: S603  our own command
        [*DEMO, "--port", "0"], stdout=subprocess.PIPE, text=True, env={"TMPDIR": str(tmp_path), "PATH": ""}
    )
    assert process.stdout is not None
    address = process.stdout.readline().split()[1]
    with urlopen(f"{address}/health/live") as answer:  # noqa: S310  our own desk
        assert answer.status == 200
    assert list(tmp_path.glob("rollcall-demo-*/rollcall.db"))
    process.terminate()
    assert process.wait(timeout=30) == 0
    process.stdout.close()
    assert not list(tmp_path.glob("rollcall-demo-*"))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "example.org"])  # noqa: S104  what must be refused
def test_the_desk_is_not_opened_to_other_machines(host: str) -> None:
    refused = subprocess.run(  # noqa: S603  our own command
        [*DEMO, "--host", host], capture_output=True, text=True, check=False, timeout=60
    )
    assert refused.returncode == 1
    assert "Nothing was started." in refused.stderr
    assert refused.stdout == ""


def test_a_port_that_is_taken_is_said_with_what_to_do(desk: RunningDesk) -> None:
    port = desk.address.rpartition(":")[2]
    refused = subprocess.run(  # noqa: S603  our own command
        [*DEMO, "--port", port], capture_output=True, text=True, check=False, timeout=60
    )
    assert refused.returncode == 1
    assert f"Port {port} is in use" in refused.stderr
    assert f"--port {int(port) + 1}" in refused.stderr


def test_the_phone_takes_no_file_through_the_back_door_either(desk: RunningDesk) -> None:
    request = Request(  # noqa: S310  our own desk
        f"{desk.address}/desk/files?seat=phone", data=b"%PDF", headers={"X-Rollcall-File": "a.pdf"}
    )
    with pytest.raises(HTTPError) as refused:
        urlopen(request)  # noqa: S310  our own desk
    assert refused.value.code == 404
    refused.value.close()
