"""A crowd before a server, by wrk; and nginx, Debian's own, in a folder of its own beside ours."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NEEDED: Final = ("wrk", "nginx")
LONGEST_WAIT_SECONDS: Final = 20.0
UNITS: Final = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}
CONFIGURATION: Final = """
worker_processes auto;
worker_rlimit_nofile 8192;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    types {{ text/html html; }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{rest}
}}
"""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a crowd met: answers a second, its slowest hundredth in seconds, and how many did not get their page."""

    rate: float
    slowest: float
    failed: int


def missing(*programs: str) -> str:
    """The programs a bench needs and this machine lacks, as a sentence; "" where all are here."""
    lacking = [name for name in programs if _found(name) is None]
    return f"not on this machine: {', '.join(lacking)} (Debian has them)" if lacking else ""


def press(address: str, *, connections: int, packed: bool, seconds: float) -> Crowd:
    """So many connections ask for one page, again and again, for a while."""
    heads = ["-H", "Accept-Encoding: gzip"] if packed else []
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "20s", "--latency", *heads, address]
    return read(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def read(said: str) -> Crowd:
    """What wrk said."""
    rate = re.search(r"Requests/sec:\s*([\d.]+)", said)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", said)
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    others = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    failed = sum(int(one) for one in errors.groups()) if errors else 0
    return Crowd(
        rate=float(rate[1]) if rate else 0.0,
        slowest=float(slowest[1]) * UNITS[slowest[2]] if slowest else 0.0,
        failed=failed + (int(others[1]) if others else 0),
    )


@contextmanager
def nginx(rest: str, folder: Path | None = None) -> Iterator[Path]:
    """nginx with these servers, gone afterwards; gives its folder. rest: what stands in its http block."""
    own = folder or Path(tempfile.mkdtemp(prefix="unionhall-nginx-"))
    file = own / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=own, rest=rest.replace("{folder}", str(own))), "utf-8")
    own.chmod(0o755)
    process = subprocess.Popen([str(_found("nginx")), "-p", str(own), "-c", str(file)], stderr=subprocess.DEVNULL)
    try:
        yield own
    finally:
        process.terminate()
        process.wait(timeout=LONGEST_WAIT_SECONDS)
        shutil.rmtree(own, ignore_errors=True)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def await_port(port: int) -> None:
    """Until somebody listens there. Raises TimeoutError."""
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while time.monotonic() < end:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers at port {port}")


def _found(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
