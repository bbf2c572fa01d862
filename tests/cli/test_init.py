"""`unionhall init`: a real, empty local."""

import json

import pytest

from unionhall.accounts.models import RoleGrant, User
from unionhall.campaigns.models import Campaign
from unionhall.foundation import vocabulary
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


ANSWERS = {
    "name": "Local 7", "languages": ["es", "en"], "employer": {"en": "Valley schools", "es": "Escuelas del valle"},
    "units": [{"code": "C", "en": "Operations", "es": "Operaciones"}], "vocabulary": "school",
    "admin_name": "Dana Ruiz", "admin_mail": "dana@example.org",
    "campaign": {
        "slug": "valley", "name": "Valley United", "inks": "red",
        "slogan": {"en": "We keep it open", "es": "La mantenemos abierta"},
        "who_we_are": {"en": "We are the aides.", "es": "Somos quienes asisten."},
    },
}  # fmt: skip


def answers(tmp_path, **changed):
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(ANSWERS | changed))
    return ("init", "--answers", str(file), "--json")


@pytest.mark.django_db
def test_answers_of_a_file_make_the_local_its_words_and_its_first_campaign(cli, tmp_path):
    result = cli(*answers(tmp_path), "--slogan", "Enough|Basta")

    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert (told["vocabulary"], told["campaign"], told["units"][0]["es"]) == ("school", "valley", "Operaciones")
    campaign = Campaign.objects.get()
    assert (campaign.skin, campaign.slogan.es, campaign.name.es, campaign.employer.es, campaign.union_name) == (
        "red", "Basta", "Valley United", "Escuelas del valle", "Local 7",
    )  # fmt: skip
    assert vocabulary.chosen().pack == "school"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"vocabulary": "airline"}, "write one of default"),
        ({"campaign": {"slug": "privacy"}}, "is the address of something else"),
        ({"campaign": {"slug": "valley", "name": "V", "slogan": "One language"}}, "write it in both languages"),
        ({"campaign": {"name": "V"}}, "a campaign needs its address"),
        ({"campaign": {"slug": "v", "color": "red"}}, "nobody asks for campaign.color"),
        ({"boss": "x"}, "nobody asks for boss"),
        ({"campaign": ["x"]}, "the answers are one JSON object"),
    ],
)
def test_a_wrong_answer_writes_nothing_and_says_what_is_right(cli, tmp_path, changed, sentence):
    result = cli(*answers(tmp_path, **changed))

    assert (result.exit_code in (1, 2), result.stdout, find_installation(), User.objects.count()) == (True, "", None, 0)
    assert sentence in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.django_db
def test_a_file_that_is_no_json_is_refused_by_its_line(cli, tmp_path):
    file = tmp_path / "answers.json"
    file.write_text('{"name": "Local 7",\n oops}')

    result = cli("init", "--answers", str(file))

    assert (result.exit_code, find_installation()) == (1, None)
    assert "line 2: this is no JSON" in result.stderr


@pytest.mark.django_db
def test_init_that_breaks_in_the_middle_leaves_nothing_and_runs_again(cli, tmp_path, monkeypatch):
    def broken(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("unionhall.cli.init.open_campaign", broken)
        assert cli(*answers(tmp_path)).exit_code != 0
    assert (find_installation(), User.objects.count(), Employer.objects.count()) == (None, 0, 0)

    assert cli(*answers(tmp_path)).exit_code == 0
    again = cli(*answers(tmp_path))
    assert (again.exit_code, User.objects.count(), Campaign.objects.count()) == (1, 1, 1)
    assert "It stands as it was; to change it, sign in at /hall/." in again.stderr


@pytest.mark.django_db
def test_questions_open_the_first_campaign(cli, monkeypatch):
    monkeypatch.setattr("unionhall.cli.init.is_asked", lambda: True)
    said = ["Local 7", "es,en", "Valley Unified", "", "none", "Dana Ruiz", "dana@example.org", "school", "NO!",
            "valley", "Valley United", "just one", "Enough|Basta", "We are aides.|Asistimos.", "red"]  # fmt: skip

    result = cli("init", text="\n".join(said) + "\n")

    assert result.exit_code == 0, result.stderr
    assert (Campaign.objects.get().slug, Campaign.objects.get().skin) == ("valley", "red")
    assert "Campaign: /en/valley/ and /es/valley/." in result.stdout
