"""`unionhall run`: what is said before it starts, and the real thing."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from unionhall.cli.failures import Stop
from unionhall.cli.serve import Changes, Watch, refuse_taken_port, suitable_workers

UNIONHALL = Path(sys.executable).with_name("unionhall")


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_taken_port_is_a_sentence(cli, taken_port):
    result = cli("run", "--port", str(taken_port))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"Port {taken_port} is taken: something else listens there. "
        f"Stop it, or: unionhall run --port {taken_port + 1}\n"
    )


def test_foreign_host_is_a_sentence():
    with pytest.raises(Stop) as stop:
        refuse_taken_port("192.0.2.1", 8107)

    assert stop.value.sentence() == "Unionhall cannot listen on 192.0.2.1:8107: Cannot assign requested address."


def test_port_out_of_range_is_wrong_usage(cli):
    assert cli("run", "--port", "70000").exit_code == 2


def test_workers_suit_the_cache(settings):
    assert suitable_workers() == 1

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://x"}}

    assert suitable_workers() == os.cpu_count()


def test_watch_says_the_address_once(capsys):
    def answer(listener):
        line, _ = listener.accept()
        with line:
            line.recv(200)
            line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        watch = Watch(began=time.monotonic(), host="127.0.0.1", port=port, address="http://localhost:8000")
        server = threading.Thread(target=answer, args=(listener,))
        server.start()
        watch.tick()
        server.join()
    watch.tick()

    assert capsys.readouterr().out.split(" after ")[0] == f"Unionhall answers at http://localhost:{port}/"


def test_changes_are_seen_once(tmp_path):
    (tmp_path / "a.py").write_text("")
    changes = Changes(tmp_path)
    assert not changes.seen()

    (tmp_path / "b.py").write_text("")
    changes.next_look = 0.0

    assert changes.seen()


class Running:
    """`unionhall run` in a process of its own."""

    def __init__(self, folder, port, *, without_network=False):
        self.port = port
        self.database = folder / "unionhall.sqlite3"
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        environment |= {"DATA_DIR": str(folder), "DEMO": "0", "TASKS_URL": "db://", "DATABASE_URL": ""}
        self.environment = environment
        command = [str(UNIONHALL), "run", "--port", str(port)]
        if without_network:
            command = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def await_address(self):
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "answers at" in line:
                return
        raise AssertionError("it never answered:\n" + "".join(said))

    def status(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def queue_a_task(self):
        """Queue a task from another process, and wait until the worker has done it. The clock queues its own."""
        asked = "SELECT status FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%update_reference_index%'"
        code = "from wagtail.tasks import update_reference_index_task as t; t.enqueue('wagtailcore', 'page', '1')"
        subprocess.run([UNIONHALL, "manage", "shell", "--verbosity", "0", "-c", code], env=self.environment, check=True)
        end = time.monotonic() + 30
        statuses = []
        while time.monotonic() < end and statuses != ["SUCCESSFUL"]:
            with closing(sqlite3.connect(self.database)) as opened:
                statuses = [row[0] for row in opened.execute(asked)]
            time.sleep(0.1)
        return statuses

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        said = self.process.communicate(timeout=40)[0]
        return self.process.returncode, said


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.mark.slow
def test_run_serves_works_and_starts_again_quickly_without_network(tmp_path):
    first = Running(tmp_path, free_port())
    try:
        first.await_address()
        assert first.status("/healthz") == 200
        assert first.status("/readyz") == 200
        assert first.queue_a_task() == ["SUCCESSFUL"]
    finally:
        code, said = first.stop()
    assert (code, "Traceback" in said, said.strip().splitlines()[-1]) == (0, False, "Stopped.")

    second = Running(tmp_path, free_port(), without_network=os.geteuid() == 0)
    try:
        second.await_address()  # how soon is a figure of `make bench`, no assertion
    finally:
        code, said = second.stop()
    assert (code, said) == (0, "Stopped.\n")
