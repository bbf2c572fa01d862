"""`unionhall run`: the web server and the task worker in one."""

from __future__ import annotations

import logging
import os
import resource
import socket
import sys
import threading
import time
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer

from unionhall.cli.failures import Stop
from unionhall.cli.setup import setup_django

# Measured: docs/decisions/0007-server-settings.md.
THREADS: Final = 4
MOST_LINE_THREADS: Final = 4
MOST_WAITING: Final = 2_048
MOST_OPEN: Final = 8_192
FILES_OF_OURS: Final = 1_024
WORKER_POLL_SECONDS: Final = 0.5
CLOCK_SECONDS: Final = 60
WATCHED: Final = frozenset({".py", ".html", ".css", ".js", ".mo"})


def register(app: typer.Typer) -> None:
    """Hang the command on the app."""
    app.command("run", short_help="Start web server and task worker in one.")(run)


def run(
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Where to listen.")] = 8000,
    host: Annotated[str, typer.Option(help="Which address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=0, max=64, help="Web processes. 0: as many as suit the cache.")] = 0,
    reload: Annotated[bool, typer.Option("--reload", help="For developers: start again when a file changes.")] = False,
) -> None:
    """Start the web server and the task worker; Ctrl-C stops both. Sets up what is missing first."""
    began = time.monotonic()
    refuse_taken_port(host, port)
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")  # links and logins name the port
    setup_django()
    from django.conf import settings
    from django.db import connections

    from unionhall.cli.prepare import prepare
    from unionhall.cli.running import hold
    from unionhall.cli.supervisor import Child, Supervisor
    from unionhall.foundation import clock

    prepare(_say)
    lines = _follow_the_database()
    import_module(settings.ROOT_URLCONF)
    connections.close_all()
    hold(Path(settings.DATA_DIR), {"pid": os.getpid(), "port": port, "since": clock.now().isoformat()})
    count = workers or suitable_workers()
    children = [
        Child("The web server", lambda: _serve(host, port, count)),
        Child("The task worker", _work, patience_seconds=30.0),
    ]
    if settings.TASKS["default"]["BACKEND"].endswith("ImmediateBackend"):
        children[-1] = Child("The clock", _keep_time)
    supervisor = Supervisor(children, say=_say)
    watch = Watch(began=began, host=host, port=port, address=settings.BASE_URL, lines=lines)
    changed = Changes(Path(settings.SOURCE_DIR)) if reload else None

    def every() -> None:
        watch.tick()
        if changed is not None and changed.seen():
            supervisor.stop()

    orderly = supervisor.run(every=every)
    if changed is not None and changed.happened:
        _run_anew()
    if not orderly:
        raise Stop("Unionhall cannot run: the reason stands above. `unionhall check` may tell more.")
    _say("Stopped.")


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything is set up. Raises Stop when we may not or cannot listen there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise Stop(f"{host} is no address of this machine. Leave --host out, or give 0.0.0.0 for all.") from None
    except PermissionError:
        raise Stop(f"Port {port} is kept for the system. Take one above 1023: unionhall run --port 8000") from None
    except OSError as error:
        if "in use" not in str(error):
            raise Stop(f"Unionhall cannot listen on {host}:{port}: {error.strerror}.") from None
        raise Stop(
            f"Port {port} is taken: something else listens there. Stop it, or: unionhall run --port {port + 1}"
        ) from None


def suitable_workers() -> int:
    """One web process where the cache lives inside it, since limits are counted there; else one a processor."""
    from django.conf import settings

    if settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        return 1
    return os.cpu_count() or 1


class Watch:
    """Says the address, and the demo's logins, once the first page answers."""

    def __init__(self, *, began: float, host: str, port: int, address: str, lines: Sequence[str] = ()) -> None:
        self.began = began
        self.lines = lines
        self.port = port
        self.answered = False
        reachable = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 (compared, not bound)
        self.probe = (reachable, port)
        is_local = urlsplit(address).hostname in {"localhost", "127.0.0.1"}
        self.address = f"http://localhost:{port}" if is_local else address

    def tick(self) -> None:
        """Ask until somebody answers."""
        if self.answered or not answers(*self.probe):
            return
        self.answered = True
        for line in self.lines:
            _say(line)
        seconds = time.monotonic() - self.began
        _say(f"Unionhall answers at {self.address}/ after {seconds:.1f} s. Ctrl-C stops it.")


def answers(host: str, port: int) -> bool:
    """Whether a page comes from there."""
    try:
        with socket.create_connection((host, port), timeout=2) as line:
            line.sendall(f"GET /healthz HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
            return line.recv(12).startswith(b"HTTP/1.1 ")
    except OSError:
        return False


class Changes:
    """Whether any of our source files changed since the start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.happened = False
        self.next_look = 0.0
        self.before = self._newest()

    def seen(self) -> bool:
        """Look, at most once a second."""
        now = time.monotonic()
        if now >= self.next_look and not self.happened:
            self.next_look = now + 1.0
            self.happened = self._newest() != self.before
        return self.happened

    def _newest(self) -> tuple[int, float]:
        times = [path.stat().st_mtime for path in self.folder.rglob("*") if path.suffix in WATCHED]
        return len(times), max(times, default=0.0)


def _serve(host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    let_many_in(MOST_OPEN)
    Server(
        "unionhall.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        runtime_threads=min(MOST_LINE_THREADS, max(1, (os.cpu_count() or 1) // workers)),
        blocking_threads=THREADS,
        backlog=MOST_WAITING,
        backpressure=MOST_OPEN,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_level=LogLevels.warning,
    ).serve()


def let_many_in(connections: int) -> None:
    """So many connections may be open at once beside our files, as far as the system lets us."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + FILES_OF_OURS
    if now != resource.RLIM_INFINITY and now < wanted:
        able = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, able), most))


def _work() -> None:
    from django.conf import settings
    from django.core.management import call_command

    threading.Thread(target=_keep_time, name="clock", daemon=True).start()
    for name in ("django_tasks", "django_tasks_db"):
        logging.getLogger(name).addFilter(_worth_saying)
    if settings.TASKS["default"]["BACKEND"].startswith("django_tasks_rq"):
        call_command("rqworker", "default")
        return
    call_command(
        "db_worker", queue_name="*", interval=WORKER_POLL_SECONDS, startup_delay=False, reload=False, verbosity=1
    )


def _keep_time() -> None:
    """Look at the clock each minute, so that the round of the day begins without a timer of the machine's."""
    from unionhall.foundation import clock

    while True:
        look_at_the_clock(at=clock.now())
        time.sleep(CLOCK_SECONDS)


def look_at_the_clock(*, at: datetime) -> bool:
    """Begin what is due by then; whether anything was. A fault, such as a busy database, waits for the next look."""
    from django.db import DatabaseError, close_old_connections

    from unionhall.foundation import nightly
    from unionhall.foundation.hooks import minute_clocks

    try:
        begun = [nightly.start_if_due(at=at) is not None, *(clock(at) for clock in minute_clocks)]
        return any(begun)
    except DatabaseError:
        logging.getLogger(__name__).warning("the clock could not be looked at; it is tried again", exc_info=True)
        return False
    finally:
        close_old_connections()


def _follow_the_database() -> list[str]:
    """Run in the mode of what the database holds; in demo mode an empty one gets its invented local.

    Gives what is to be said about the demo: its logins.
    """
    from django.conf import settings

    from unionhall.cli.demo import build
    from unionhall.foundation.installation import find_installation

    held = find_installation()
    if held is not None and held.kind == "demo" and not settings.DEMO:
        _say("This database holds the invented local: running in demo mode.")
        os.environ["DEMO"] = "1"
        _run_anew()
    return build(if_empty=True, say=_say).lines() if settings.DEMO else []


def _worth_saying(record: logging.LogRecord) -> bool:
    """Not the worker's greeting and farewell, nor each task that went well: failures and oddities only."""
    return record.levelno >= logging.WARNING and not record.getMessage().startswith("Received ")


def _run_anew() -> None:
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 (the very command that runs)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
