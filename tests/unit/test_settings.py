"""What an administrator is told about the set-up, before anything starts."""

import sys
from pathlib import Path

import pytest

from config.settings import SettingsProblems, TeamsCloud, load, variables

# Thirty-two bytes in base64, as the reference shows them.
KEY = "cm9sbGNhbGwtZXhhbXBsZS1tYXN0ZXIta2V5LTMyYnk="


@pytest.fixture(autouse=True)
def fresh_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing of Rollcall is set, in a folder of its own."""
    for variable in variables():
        monkeypatch.delenv(variable.name, raising=False)
    monkeypatch.chdir(tmp_path)


def problems() -> dict[str, str]:
    """What is wrong, by variable."""
    with pytest.raises(SettingsProblems) as raised:
        load()
    lines = [line.partition(": ") for line in raised.value.problems]
    assert all(what for _, _, what in lines)
    assert str(raised.value) == "\n".join(raised.value.problems)
    return {name: what for name, _, what in lines}


def test_an_agency_that_set_nothing_has_an_embedded_database_and_no_channel(tmp_path: Path) -> None:
    settings = load()
    assert settings.data_dir == tmp_path / "data"
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/data/rollcall.db"
    assert not any(channel.is_on for channel in (settings.slack, settings.teams, settings.twilio))
    assert not settings.data_dir.exists()  # reading the settings changes nothing


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("ROLLCALL_AGENCY_NAME=Lakemont PD\nROLLCALL_TIME_ZONE=America/Chicago\n")
    monkeypatch.setenv("ROLLCALL_AGENCY_NAME", "Lakemont Police Department")
    settings = load()
    assert settings.agency_name == "Lakemont Police Department"
    assert settings.time_zone.key == "America/Chicago"


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_SLACK_APP_TOKEN", "")
    monkeypatch.setenv("ROLLCALL_TIME_ZONE", "")
    assert not load().slack.is_on


def test_the_file_may_serve_other_programs_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COMPOSE_PROJECT_NAME=lakemont\nROLLCALL_TEAMS_CLOUD=gcc-high\n")
    assert load().teams.cloud is TeamsCloud.GCC_HIGH


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_any_usual_postgresql_address_is_understood(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", f"{scheme}://rollcall:geheim@db/rollcall")
    assert load().database_url.get_secret_value() == "postgresql+psycopg://rollcall:geheim@db/rollcall"


@pytest.mark.parametrize(
    "address",
    [
        "rollcall.db",
        "sqlite://",  # in memory: a record that ends with the process
        "sqlite:///:memory:",
        "sqlite://rollcall.db",  # one slash short
        "postgresql://db:fivefourthreetwo/rollcall",
        "mysql://db/rollcall",
    ],
)
def test_a_database_that_could_not_keep_the_record_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", address)
    assert set(problems()) == {"ROLLCALL_DATABASE_URL"}


def test_all_problems_are_told_together_one_line_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "DATABASE_URL": "mysql://rollcall:geheim@db/rollcall",
        "PUBLIC_URL": "rollcall.lakemont.gov",
        "TIME_ZONE": "America/Lakemont",
        "SLACK_SIGNING_SECRET": "two words",
        "TEAMS_CLOUD": "moon",
        "TEAMS_CLIENT_ID": "rollcall",
        "TWILIO_FROM_NUMBER": "612",
    }.items():
        monkeypatch.setenv(f"ROLLCALL_{name}", value)

    told = problems()

    assert sorted(told) == [
        "ROLLCALL_DATABASE_URL",
        "ROLLCALL_PUBLIC_URL",
        "ROLLCALL_SLACK_BOT_TOKEN",
        "ROLLCALL_SLACK_SIGNING_SECRET",
        "ROLLCALL_TEAMS_CLIENT_SECRET",
        "ROLLCALL_TEAMS_CLOUD",
        "ROLLCALL_TEAMS_TENANT_ID",
        "ROLLCALL_TIME_ZONE",
        "ROLLCALL_TWILIO_ACCOUNT_SID",
        "ROLLCALL_TWILIO_AUTH_TOKEN",
        "ROLLCALL_TWILIO_FROM_NUMBER",
    ]
    assert told["ROLLCALL_TEAMS_CLOUD"] == '"moon" is not one of public, gcc, gcc-high, dod'
    assert "America/Chicago" in told["ROLLCALL_TIME_ZONE"]


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, {"SLACK_SIGNING_SECRET"}),
        ({"SLACK_APP_TOKEN": "xapp-1"}, {"SLACK_BOT_TOKEN"}),
        ({"TEAMS_CLIENT_ID": "a", "TEAMS_TENANT_ID": "b"}, {"TEAMS_CLIENT_SECRET"}),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}, {"TWILIO_FROM_NUMBER"}),
        (
            {
                "TWILIO_ACCOUNT_SID": "AC1",
                "TWILIO_AUTH_TOKEN": "t",
                "TWILIO_FROM_NUMBER": "+16125550100",
                "TWILIO_API_KEY": "SK1",
            },
            {"TWILIO_API_KEY_SECRET"},
        ),
        (
            {"TWILIO_API_KEY_SECRET": "s"},
            {"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM_NUMBER", "TWILIO_API_KEY"},
        ),
        ({"FILES_URL": "s3://lakemont/files"}, {"FILES_ACCESS_KEY", "FILES_SECRET_KEY"}),
        ({"FILES_ACCESS_KEY": "a", "FILES_SECRET_KEY": "s"}, {"FILES_URL"}),
    ],
)
def test_a_half_set_channel_names_what_is_missing(
    given: dict[str, str], missing: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"ROLLCALL_{name}", value)
    assert set(problems()) == {f"ROLLCALL_{name}" for name in missing}


@pytest.mark.parametrize(
    "given",
    [
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"},
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"},  # socket mode needs no signing secret
        {"TEAMS_CLIENT_ID": "a", "TEAMS_CLIENT_SECRET": "s", "TEAMS_TENANT_ID": "b"},
        {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_MESSAGING_SERVICE_SID": "MG1"},
    ],
)
def test_a_channel_is_on_when_its_secrets_are_set(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"ROLLCALL_{name}", value)
    settings = load()
    assert [settings.slack.is_on, settings.teams.is_on, settings.twilio.is_on].count(True) == 1


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"SMTP_URL": "smtps://mail.example.gov"}, "MAIL_FROM"),
        ({"MAIL_FROM": "training@example.gov"}, "MAIL_FROM"),
        ({"SMTP_URL": "mail.example.gov:465", "MAIL_FROM": "training@example.gov"}, "SMTP_URL"),
        ({"SMTP_URL": "https://mail.example.gov", "MAIL_FROM": "training@example.gov"}, "SMTP_URL"),
        ({"SMTP_URL": "smtps://geheim@mail.example.gov", "MAIL_FROM": "training@example.gov"}, "SMTP_URL"),
        ({"SMTP_URL": "smtps://a:geheim@mail.example.gov:no", "MAIL_FROM": "t@example.gov"}, "SMTP_URL"),
        ({"SMTP_URL": "smtps://mail.example.gov", "MAIL_FROM": "training"}, "MAIL_FROM"),
        ({"SMTP_URL": "smtps://mail.example.gov", "MAIL_FROM": "a@example.gov\nBcc: b@c.gov"}, "MAIL_FROM"),
    ],
)
def test_mail_is_set_as_a_whole_or_not_at_all(
    given: dict[str, str], wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"ROLLCALL_{name}", value)
    told = problems()
    assert set(told) == {f"ROLLCALL_{wrong}"}
    assert "geheim" not in str(told)


def test_a_price_without_its_source_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TWILIO_ACCOUNT_SID": "AC1",
        "TWILIO_AUTH_TOKEN": "t",
        "TWILIO_FROM_NUMBER": "+16125550100",
        "TWILIO_SEGMENT_PRICE": "0.0083",
    }.items():
        monkeypatch.setenv(f"ROLLCALL_{name}", value)
    assert set(problems()) == {"ROLLCALL_TWILIO_SEGMENT_PRICE_SOURCE"}


def test_swapped_slack_tokens_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_SLACK_BOT_TOKEN", "xapp-1")
    monkeypatch.setenv("ROLLCALL_SLACK_APP_TOKEN", "xoxb-1")
    assert set(problems()) == {"ROLLCALL_SLACK_BOT_TOKEN", "ROLLCALL_SLACK_APP_TOKEN"}


def test_a_group_name_alone_is_a_slip_that_lists_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_SLACK", "xoxb-1")
    assert "ROLLCALL_SLACK_BOT_TOKEN" in problems()["ROLLCALL_SLACK"]


def test_no_secret_is_repeated_in_a_problem_or_shown_with_the_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", "postgresql://rollcall:geheim@db/rollcall")
    assert "geheim" not in repr(load())
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", "mysql://rollcall:geheim@db/rollcall")
    monkeypatch.setenv("ROLLCALL_TWILIO_AUTH_TOKEN", "geheim geheim")
    assert "geheim" not in str(problems())


def test_a_data_folder_that_is_a_file_is_one_problem_not_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").touch()
    monkeypatch.setenv("ROLLCALL_DATA_DIR", "data")
    assert set(problems()) == {"ROLLCALL_DATA_DIR"}


def test_a_settings_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00ROLLCALL")
    assert set(problems()) == {".env"}


def test_keys_of_messages_lie_in_a_folder_of_their_own_and_never_in_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load().keys_url.get_secret_value() == f"sqlite:///{tmp_path}/data/keys/keys.db"
    monkeypatch.setenv("ROLLCALL_KEYS_URL", "sqlite:///data/rollcall.db")
    assert problems()["ROLLCALL_KEYS_URL"].startswith("the same database as the record")
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", "postgresql://a:b@db.example.gov/rollcall")
    monkeypatch.setenv("ROLLCALL_KEYS_URL", "postgres://c:d@db.example.gov:5432/rollcall")
    assert set(problems()) == {"ROLLCALL_KEYS_URL"}
    monkeypatch.setenv("ROLLCALL_KEYS_URL", "postgresql://c:d@db.example.gov/rollcall_keys")
    assert load().keys_url.get_secret_value().endswith("/rollcall_keys")


@pytest.mark.parametrize("given", ["secret", "c2hvcnQ=", f"{KEY},", f"{KEY},{KEY},{KEY}", f"{KEY}x"])
def test_a_master_key_that_is_none_is_refused_and_never_repeated(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("ROLLCALL_MASTER_KEY", given)
    line = problems()["ROLLCALL_MASTER_KEY"]
    assert "32 bytes in base64" in line
    assert given not in line


@pytest.mark.parametrize("given", [KEY, f"{KEY},{KEY}", f"{KEY}, {KEY}"])
def test_a_master_key_may_stand_alone_or_before_the_one_in_use(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("ROLLCALL_MASTER_KEY", given)
    master_key = load().master_key
    assert master_key is not None
    assert KEY not in repr(load())


@pytest.mark.parametrize(
    "address",
    [
        "lakemont-files",
        "https://lakemont-files.s3.amazonaws.com",
        "s3://",
        "s3:///files",
        "s3://Lakemont/files",
        "s3://key:secret@lakemont/files",
        "s3://lakemont/files?versionId=1",
    ],
)
def test_a_bucket_that_is_none_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"URL": address, "ACCESS_KEY": "a", "SECRET_KEY": "s"}.items():
        monkeypatch.setenv(f"ROLLCALL_FILES_{name}", value)
    told = problems()
    assert set(told) == {"ROLLCALL_FILES_URL"}
    assert "s3://lakemont-files/rollcall" in told["ROLLCALL_FILES_URL"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SCAN_COMMAND", 'clamdscan "--no-summary -'),
        ("SCAN_COMMAND", "''"),
        ("SCAN_SECONDS", "0"),
        ("SCAN_SECONDS", "soon"),
        ("FILES_ENDPOINT", "s3.lakemont.gov"),
    ],
)
def test_what_no_file_could_be_kept_or_scanned_with_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"ROLLCALL_{name}", value)
    assert set(problems()) == {f"ROLLCALL_{name}"}


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("BADGE", "extensionAttribute16", "is not where a badge can stand"),
        ("BADGE", "mail", "is not where a badge can stand"),
        ("COLUMNS", "email, roles", '"roles" is no column that the directory fills'),
        ("GROUP", "Patrol", "is not the object id of a group"),
        ("UNIT_GROUPS", f"{'0' * 8}-0000-0000-0000-{'0' * 12}, Patrol", '"Patrol" is not the object id'),
    ],
)
def test_what_the_directory_cannot_give_is_said_when_the_settings_are_read(
    name: str, given: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"ROLLCALL_GRAPH_{name}", given)
    with pytest.raises(SettingsProblems, match=said):
        load()


def test_a_roster_that_should_follow_the_directory_needs_its_kit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msgraph", None)
    load()
    monkeypatch.setenv("ROLLCALL_GRAPH_ROSTER", "true")
    with pytest.raises(SettingsProblems, match=r'needs the extra "graph".*install rollcall\[graph\]'):
        load()
