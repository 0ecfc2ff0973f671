"""Does the demo open where it says, refuse what it must, and leave nothing behind when it ends?"""

import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.cli import main
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
def test_the_desk_is_not_opened_to_other_machines(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--host", host]) == 1
    said = capsys.readouterr()
    assert "Nothing was started." in said.err
    assert said.out == ""


def test_a_port_that_is_taken_is_said_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"Port {port} is in use" in said
    assert f"--port {port + 1}" in said


def test_the_phone_takes_no_file_through_the_back_door_either(desk: RunningDesk) -> None:
    request = Request(  # noqa: S310  our own desk
        f"{desk.address}/desk/files?seat=phone", data=b"%PDF", headers={"X-Rollcall-File": "a.pdf"}
    )
    with pytest.raises(HTTPError) as refused:
        urlopen(request)  # noqa: S310  our own desk
    assert refused.value.code == 404
    refused.value.close()
