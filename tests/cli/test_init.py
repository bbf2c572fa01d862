"""`unionhall init`: a real, empty local."""

import json

import pytest

from unionhall.accounts.models import RoleGrant, User
from unionhall.foundation.installation import find_installation
from unionhall.roster.models import Employer, Unit

ALL = (
    "init", "--yes", "--name", "Local 7", "--languages", "es,en", "--employer", "Valley Unified",
    "--unit", "C=Operations|Operaciones", "--unit", "B = Aides", "--rule-pack", "us-ca-eera",
    "--admin-name", "Dana Ruiz", "--admin-mail", "Dana@Example.org",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _real_mode(settings):
    settings.DEMO = False


@pytest.mark.django_db
def test_init_makes_a_whole_local(cli):
    result = cli(*ALL, "--json")

    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    password = told.pop("password")
    assert told == {
        "name": "Local 7",
        "languages": ["es", "en"],
        "employer": "Valley Unified",
        "units": [{"code": "C", "en": "Operations", "es": "Operaciones"}, {"code": "B", "en": "Aides", "es": ""}],
        "rule_pack": "us-ca-eera",
        "administrator": "dana@example.org",
        "dry_run": False,
    }
    held = find_installation()
    assert (held.kind, held.name, held.languages, held.rule_pack) == ("real", "Local 7", ["es", "en"], "us-ca-eera")
    assert [(row.code, row.name) for row in Employer.objects.all()] == [("valley-unified", "Valley Unified")]
    assert sorted((row.code, row.name.en, row.name.es) for row in Unit.objects.all()) == [
        ("B", "Aides", ""),
        ("C", "Operations", "Operaciones"),
    ]
    user = User.objects.get()
    assert (user.name, user.email, user.language, user.check_password(password)) == (
        "Dana Ruiz", "dana@example.org", "es", True,
    )  # fmt: skip
    assert sorted(RoleGrant.objects.values_list("role", "reach")) == [
        ("communications", "all"),
        ("data_administrator", "all"),
        ("officer", "all"),
    ]


@pytest.mark.django_db
def test_init_a_second_time_is_refused_and_changes_nothing(cli):
    assert cli(*ALL).exit_code == 0

    result = cli(*ALL)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("This database holds Local 7, a real local.")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_demo_refuses_a_real_local(cli, settings):
    assert cli(*ALL).exit_code == 0
    settings.DEMO = True

    result = cli("demo", "--reset")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("This database holds Local 7, a real local.")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_init_dry_run_writes_nothing(cli):
    result = cli(*ALL, "--dry-run")

    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        "Local 7 would be made: employer Valley Unified; units C, B; rule pack us-ca-eera.",
    )
    assert (find_installation(), User.objects.count()) == (None, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--name", "", "it is needed, in at most 200 characters"),
        ("--languages", "en,fr", "write en,es or es,en (its own first), or one of them"),
        ("--unit", "Operations", "write a unit as CODE=English name|Spanish name, such as C=Operations|Operaciones"),
        ("--unit", "C=Again", "two units have the same code"),
        ("--admin-mail", "dana", "--admin-mail"),
        ("--rule-pack", "us-ny-taylor", "us-ca-eera"),
    ],
)
def test_wrong_answers_are_wrong_usage(cli, option, value, sentence):
    result = cli(*ALL, option, value)

    assert (result.exit_code, result.stdout, User.objects.count()) == (2, "", 0)
    assert sentence in " ".join(result.stderr.split())


@pytest.mark.django_db
def test_employer_mail_is_no_administrator(cli, settings):
    settings.EMPLOYER_DOMAINS = ["valley.example.org"]

    result = cli(*ALL, "--admin-mail", "dana@valley.example.org")

    assert result.exit_code == 2
    assert "this mail belongs to the employer" in " ".join(result.stderr.split())


@pytest.mark.django_db
def test_weak_password_is_refused(cli, tmp_path, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}
    ]
    (tmp_path / "password").write_text("strike\n")

    result = cli(*ALL, "--password-file", str(tmp_path / "password"))

    assert (result.exit_code, User.objects.count()) == (1, 0)
    assert result.stderr.startswith("The password will not do. ")


@pytest.mark.django_db
def test_demo_mode_makes_no_real_local(cli, settings):
    settings.DEMO = True

    result = cli(*ALL)

    assert (result.exit_code, result.stderr) == (
        1,
        "DEMO=1 is set: a real local is not made in demo mode. Unset DEMO.\n",
    )


@pytest.mark.django_db
def test_questions_are_asked_again_until_answered_well(cli, monkeypatch):
    monkeypatch.setattr("unionhall.cli.init.is_asked", lambda: True)
    answers = ["Local 7", "xx", "es,en", "Valley Unified", "nonsense", "C=Operations|Operaciones", "", "us-nlra",
               "Dana Ruiz", "dana", "dana@example.org"]  # fmt: skip

    result = cli("init", text="\n".join(answers) + "\n")

    assert result.exit_code == 0, result.stderr
    held = find_installation()
    assert (held.name, held.languages, held.rule_pack) == ("Local 7", ["es", "en"], "us-nlra")
    assert User.objects.get().email == "dana@example.org"
    assert "Local 7 is made: employer Valley Unified; units C; rule pack us-nlra.\n" in result.stdout
