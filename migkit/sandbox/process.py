"""Running a sandbox: in this process until stopped, or in a process of its own that dies with its parent."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .app import create_app
from .config import SandboxConfig

HOST = "127.0.0.1"
START_S = 60


class _Protocol(H11Protocol):
    """uvicorn's protocol, with the connection within reach of the application: faults close it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


@dataclasses.dataclass(frozen=True)
class Served:
    """What a sandbox serves: data that were there before keep their own tokens, plan and seats, whatever it was started with."""

    url: str
    token: str
    plan: str
    seats: int


def serve(config: SandboxConfig, *, ready: Callable[[Served], None] | None = None) -> None:
    """Serve on the loopback address until interrupted. `ready` is told what is served once the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, else asyncio leaves TCP_NODELAY off
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, config.port))
    except OSError as error:
        listener.close()
        raise ValueError(f"The sandbox cannot take port {config.port} on {HOST}: {error.strerror}. Choose another one.") from error
    listener.listen(256)
    app = create_app(config)
    if ready:
        account = app.state.world.accounts[1]
        ready(Served(f"http://{HOST}:{listener.getsockname()[1]}", account.token(config.token), account.config.plan, account.config.seats))
    options = uvicorn.Config(
        app, http=_Protocol, lifespan="on", log_level="error", access_log=False, timeout_keep_alive=60, server_header=False
    )
    uvicorn.Server(options).run(sockets=[listener])


class Sandbox:
    """A sandbox in a process of its own: `with Sandbox(config) as sandbox: … sandbox.url, sandbox.token`."""

    def __init__(self, config: SandboxConfig | None = None) -> None:
        self.config = config or SandboxConfig()
        self.token = self.config.token
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> Sandbox:
        """Start the process and wait until it answers. Raises RuntimeError where it does not."""
        command = [sys.executable, "-c", "from migkit.sandbox.process import main; main()"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(_plain(self.config)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line.startswith("http"):
            self.stop()
            raise RuntimeError(f"The sandbox did not start: {line.strip() or 'it ended at once'}")
        self.url = line.strip()
        return self

    def stop(self) -> None:
        """Stop the process; its files are closed properly."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self.stop()

    def __enter__(self) -> Sandbox:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


def _plain(config: SandboxConfig) -> dict[str, Any]:
    document = dataclasses.asdict(config)
    return document | {key: str(document[key]) if document[key] else None for key in ("data", "seed_file")}


def _read_config(line: str) -> SandboxConfig:
    document = json.loads(line)
    paths = {key: Path(document[key]) if document[key] else None for key in ("data", "seed_file")}
    return SandboxConfig(**{**document, **paths, "faults": tuple(document["faults"])})


def _die_with_parent() -> None:
    """End when the parent's end of standard input closes, however the parent ended."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Serve the configuration that stands on the first line of standard input; say the URL on standard output."""
    config = _read_config(sys.stdin.readline())
    threading.Thread(target=_die_with_parent, daemon=True).start()

    def say(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    try:
        serve(config, ready=lambda served: say(served.url))
    except (ValueError, OSError) as error:
        say(str(error))
        raise SystemExit(2) from None
