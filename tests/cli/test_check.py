"""`unionhall check`: what it finds, what it says to do, how it ends."""

import json
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connection
from django_tasks_db.models import DBTaskResult

from unionhall.cli import doctor
from unionhall.foundation import audit
from unionhall.foundation.access import system_actor
from unionhall.foundation.installation import mark_installation
from unionhall.foundation.models import AuditEntry, Night, NightWork

AT = datetime(2026, 11, 20, 18, tzinfo=UTC)
OPERATOR = system_actor("operator")


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def mark(kind, at=AT, rule_pack="us-ca-eera"):
    mark_installation(kind=kind, name="Local 7", languages=["en"], rule_pack=rule_pack, actor=OPERATOR, at=at)


def found(findings):
    return [(finding.about, finding.state) for finding in findings]


@pytest.mark.django_db
def test_check_gives_one_object_and_its_exit_follows_what_is_wrong(cli):
    result = cli("check", "--json")

    told = json.loads(result.stdout)
    states = [finding["state"] for finding in told["findings"]]
    assert (told["wrong"], told["look"]) == (states.count("wrong"), states.count("look"))
    assert (result.exit_code, told["ok"]) == ((1, False) if "wrong" in states else (0, True))
    assert [finding for finding in told["findings"] if finding["state"] != "ok" and not finding["todo"]] == []


@pytest.mark.django_db
def test_check_prints_a_line_a_finding(cli):
    result = cli("check")

    assert "  ok   keys: whole" in result.stdout
    assert result.stdout.splitlines()[-1].endswith(("to look at.", "All is well."))


@pytest.mark.django_db
def test_real_local_without_backup_is_wrong():
    mark("real")

    assert found(doctor.backups(at=AT)) == [("backups", "wrong"), ("keys' copy", "wrong")]


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "state"), [(1, "ok"), (47, "ok"), (49, "wrong")])
def test_backup_grows_old(hours, state):
    mark("real")
    audit.record(actor=OPERATOR, verb="cli.backup_made", at=AT - timedelta(hours=hours))

    assert found(doctor.backups(at=AT))[0] == ("backups", state)


@pytest.mark.django_db
def test_keys_copy_is_written_down(cli):
    mark("real")

    cli("check", "--keys-copy", "  on paper, in the safe\nof the hall ")

    finding = list(doctor.backups(at=AuditEntry.objects.latest("at").at))[1]
    assert (finding.state, finding.found[:30]) == ("ok", "on paper, in the safe of the h")


@pytest.mark.django_db
def test_keys_copy_is_asked_for_again_after_a_year():
    mark("real")
    audit.record(actor=OPERATOR, verb="cli.keys_copy_recorded", at=AT - timedelta(days=401), why="in the safe")

    finding = list(doctor.backups(at=AT))[1]

    assert (finding.state, finding.found) == ("look", "last seen 2025-10-15: in the safe")


@pytest.mark.django_db
def test_demo_needs_no_backup():
    mark("demo")

    assert found(doctor.backups(at=AT)) == [("backups", "ok")]


@pytest.mark.django_db
def test_local_without_rule_pack_is_told():
    assert found(doctor.local(at=AT)) == [("local", "look")]
    mark("real", rule_pack="none")

    assert found(doctor.local(at=AT)) == [("local", "ok"), ("rule pack", "look")]


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "state"), [(1, "look"), (6, "wrong")])
def test_worker_is_missed_when_tasks_wait(settings, minutes, state):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", queue_name="default", backend_name="default",
        run_after=AT - timedelta(days=1), priority=0,
    )  # fmt: skip
    DBTaskResult.objects.update(enqueued_at=AT - timedelta(minutes=minutes))

    assert found(doctor.worker(at=AT)) == [("worker", state)]


@pytest.mark.django_db
def test_sqlite_is_whole_tuned_and_private():
    if connection.vendor != "sqlite":
        pytest.skip("this is about SQLite")

    states = {finding.state for finding in doctor.database()}

    assert states <= {"ok", "look"}


@pytest.mark.django_db
def test_full_disk_is_wrong(monkeypatch):
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 10**18)

    (finding,) = doctor.disk()

    assert (finding.state, finding.todo) == (
        "wrong", "Make room: a full disk refuses every sign-up and every vote.",
    )  # fmt: skip


def test_missing_spanish_is_counted(settings, tmp_path):
    folder = tmp_path / "roster/locale/es/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Strike"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "Vote"\nmsgstr "Votación"\n\nmsgid "Area"\nmsgstr "Área"\n'
    )
    settings.SOURCE_DIR = tmp_path
    assert found(doctor.languages()) == [("translations", "wrong")]
    (folder / "django.mo").write_bytes(b"")

    (finding,) = doctor.languages()

    assert (finding.state, finding.found) == ("look", "1 sentences of the product lack their Spanish, 1 are doubtful")


@pytest.mark.django_db
def test_text_in_one_language_is_counted():
    from unionhall.foundation.bilingual import Bilingual
    from unionhall.roster.operations import put_employer, put_unit

    before = [finding.state for finding in doctor.stale_content()]
    employer = put_employer(code="v", name="Valley", actor=OPERATOR, at=AT)
    put_unit(employer=employer, code="C", name=Bilingual("Operations", ""), actor=OPERATOR, at=AT)
    put_unit(employer=employer, code="B", name=Bilingual("Aides", "Asistentes"), actor=OPERATOR, at=AT)

    (finding,) = doctor.stale_content()

    assert (before, finding.found) == (["ok"], "one language only: 1 in units (name)")


def test_mail_server_that_refuses_is_wrong(settings):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    (finding,) = doctor.mail_server()

    assert (finding.state, finding.found) == ("wrong", f"127.0.0.1:{port} refuses: ConnectionRefusedError")


@pytest.fixture
def tls_server(tmp_path):
    """Starts a TLS server whose certificate ends so many days after AT; gives its address and the certificate."""
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    threads = []

    def start(days):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        builder = builder.serial_number(1).not_valid_before(AT - timedelta(days=900))
        builder = builder.not_valid_after(AT + timedelta(days=days))
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        pem = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (tmp_path / "cert.pem").write_bytes(pem + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "cert.pem")

        def serve():
            while not stop.is_set():
                line, _ = listener.accept()
                try:
                    context.wrap_socket(line, server_side=True).close()
                except OSError:
                    line.close()

        threads.append(threading.Thread(target=serve, daemon=True))
        threads[0].start()
        return f"https://localhost:{listener.getsockname()[1]}", tmp_path / "cert.pem"

    yield start
    stop.set()
    with socket.create_connection(listener.getsockname()):
        pass
    for thread in threads:
        thread.join(5)
    listener.close()


@pytest.mark.parametrize(("days", "state"), [(900, "ok"), (10, "wrong")])
def test_certificate_is_counted_down(settings, tls_server, monkeypatch, days, state):
    settings.BASE_URL, certificate = tls_server(days)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    (finding,) = doctor.certificate(at=AT)

    assert (finding.state, finding.found) == (state, f"localhost: {days} days left")


def test_certificate_nobody_trusts_is_wrong(settings, tls_server):
    settings.BASE_URL, _ = tls_server(900)

    (finding,) = doctor.certificate(at=AT)

    assert (finding.state, finding.found) == ("wrong", "localhost: self-signed certificate")


@pytest.mark.django_db
def test_clocks_never_asked_are_looked_at_first_and_wrong_after_two_days():
    mark("real")

    assert found(doctor.forgetting(at=AT + timedelta(hours=5))) == [("retention", "look")]
    assert found(doctor.forgetting(at=AT + timedelta(days=3))) == [("retention", "wrong")]


@pytest.mark.django_db
def test_late_round_and_failing_clock_are_wrong():
    mark("real")
    night = Night.objects.create(day=AT.date(), began_at=AT, ended_at=AT)
    assert found(doctor.forgetting(at=AT + timedelta(hours=5))) == [("retention", "ok")]

    NightWork.objects.create(night=night, key="roster.former", at=AT, error="OSError")

    assert found(doctor.forgetting(at=AT + timedelta(days=3))) == [("retention", "wrong"), ("retention", "wrong")]


@pytest.mark.django_db
def test_demonstration_is_asked_for_no_rounds():
    mark("demo")

    assert found(doctor.forgetting(at=AT + timedelta(days=3))) == []
