"""The supervisor, run for real in a process of its own."""

import signal
import subprocess
import sys
import textwrap
import time

from unionhall.cli import supervisor

PROLOGUE = """
import os, signal, sys, time
from unionhall.cli.supervisor import Child, Supervisor

def say(text):
    os.write(1, f"{text}\\n".encode())  # one write a line: two children speak into one pipe

def last():
    say(f"here {os.getpid()}")
    time.sleep(60)
"""


def start(body):
    return subprocess.Popen(
        [sys.executable, "-c", PROLOGUE + textwrap.dedent(body)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def lines_until(process, word):
    read = []
    for line in process.stdout:
        read.append(line.strip())
        if word in line:
            return read
    raise AssertionError(f"{word!r} was never said: {read}")


def is_running(number):
    try:
        with open(f"/proc/{number}/stat") as state:
            return state.read().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_supervisor_stops_every_child_on_sigterm():
    process = start('print(Supervisor([Child("A", last), Child("B", last)], say=say).run())')
    children = [int(lines_until(process, "here")[-1].split()[1]) for _ in range(2)]

    process.send_signal(signal.SIGTERM)

    assert process.communicate(timeout=20)[0].strip() == "True"
    assert [is_running(number) for number in children] == [False, False]


def test_supervisor_starts_a_killed_child_again():
    process = start('Supervisor([Child("The worker", last)], say=say).run(tick_seconds=0.02)')
    first = int(lines_until(process, "here")[-1].split()[1])

    subprocess.run(["kill", "-9", str(first)], check=True)
    said = lines_until(process, "here")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)

    assert said[0] == "The worker stopped (exit -9); starting it again in 0.5 s."
    assert int(said[1].split()[1]) != first


def test_supervisor_gives_up_on_a_child_that_cannot_live():
    process = start("""
        import unionhall.cli.supervisor as module
        module.PAUSES = (0.0,) * 5
        children = [Child("A", last), Child("The web server", lambda: sys.exit(3))]
        print(Supervisor(children, say=say).run(tick_seconds=0.01))
    """)

    said = process.communicate(timeout=20)[0].strip().splitlines()

    assert said[-2:] == ["The web server stopped 5 times in a row (exit 3); giving up.", "False"]


def test_supervisor_ends_a_child_that_will_not_stop():
    process = start("""
        def deaf():
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            last()
        Supervisor([Child("The worker", deaf, patience_seconds=0.3)], say=say).run()
    """)
    lines_until(process, "here")

    process.send_signal(signal.SIGTERM)

    assert process.communicate(timeout=20)[0].strip() == "The worker did not stop in time and is ended."


def test_children_end_when_the_supervisor_is_killed():
    process = start('Supervisor([Child("A", last)], say=say).run()')
    child = int(lines_until(process, "here")[-1].split()[1])

    process.kill()
    process.communicate(timeout=20)

    end = time.monotonic() + 10
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_running(child)


def test_pauses_grow():
    assert list(supervisor.PAUSES) == sorted(supervisor.PAUSES)
