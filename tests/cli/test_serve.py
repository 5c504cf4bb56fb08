"""kg serve: the address it prints answers; what cannot be served is said at once."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Kg

RUN = "from kg.cli import main; main()"


def test_it_says_its_address_answers_and_stops(workspace: Path, root: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(root), "LANG": "en_US.UTF-8"}
    command = [sys.executable, "-c", RUN, "serve", "--port", "0", "--lang", "en"]
    with subprocess.Popen(
        command, cwd=workspace, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        line = server.stdout.readline()
        address = re.fullmatch(r"Serving (http://127\.0\.0\.1:\d+/) – stop with Ctrl-C\n", line)
        assert address, line
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address[1] + "health", timeout=10) as answer:
            assert answer.status == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 130
        assert server.stderr and "Traceback" not in server.stderr.read()


def test_a_port_in_use_is_said(kg: Kg) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = kg("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "cannot listen on 127.0.0.1 port" in result.output


@pytest.mark.parametrize("token", ["", "short", "with spaces in the middle", "令牌令牌令牌令牌令牌令牌令牌令牌令牌"])
def test_writable_needs_a_good_token(kg: Kg, token: str) -> None:
    result = kg("serve", "--writable", "--port", "0", "--token-env", "MINE", MINE=token)
    assert result.exit_code == 2
    assert "--writable needs a token of at least 16" in result.output
    assert not token or token not in result.output


def test_a_missing_store_is_said(kg: Kg, tmp_path: Path) -> None:
    result = kg("serve", "--port", "0", "--store", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "there is no store" in result.output
