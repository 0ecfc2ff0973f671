"""How this installation is set up: one tree read from ROLLCALL_ variables and ``.env``, checked as a whole.

A problem's line is written here, not in the messages catalogue: it speaks to whoever runs the installation,
before anything has started that could know a language.
"""

import re
import shlex
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from config import directory
from config.mail import bare_address, mail_server

PREFIX: Final = "ROLLCALL_"
ENV_FILE: Final = ".env"
# In the place of a number: those that are kept for stories, which ring nowhere (+1 NXX 555 01XX).
RESERVED_NUMBERS: Final = "reserved"
POSTGRESQL_PORT: Final = 5432
# Bytes of a master key, and how many may stand in its setting: one, or the new and the old during a rotation.
MASTER_KEY_BYTES: Final = 32
MOST_MASTER_KEYS: Final = 2
BUCKET_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
# What speaks to buckets; only an agency that keeps its files in one has it.
BUCKET_KIT: Final = "obstore"
DATABASE_HINT: Final = "not a database address; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"


class SettingsProblems(Exception):  # noqa: N818  it is raised for all problems together, never for one
    """Every setting that cannot be used, one line each, each line opening with the variable's name."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems: Final = problems
        super().__init__("\n".join(problems))


class TeamsCloud(StrEnum):
    """Which Microsoft 365 cloud the agency's tenant lives in."""

    PUBLIC = "public"
    GCC = "gcc"
    GCC_HIGH = "gcc-high"
    DOD = "dod"


def variable(*path: str) -> str:
    """The environment variable of a setting: slack, bot_token is ROLLCALL_SLACK_BOT_TOKEN."""
    return PREFIX + "_".join(path).upper()


# Each check says what was wrong and what a usable value looks like. A secret is never repeated.


def _text(given: str) -> str:
    if not given:
        raise ValueError("nothing but spaces; write a value or remove the line")
    return given


def _web_address(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f'"{given}" is not a web address; write one like https://rollcall.example.gov')
    return given


def _zone(given: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(given))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'"{given}" is not a time zone name; write one like America/Chicago') from None


def _cloud(given: object) -> TeamsCloud:
    try:
        return TeamsCloud(str(given))
    except ValueError:
        raise ValueError(f'"{given}" is not one of {", ".join(TeamsCloud)}') from None


def _folder(given: Path) -> Path:
    folder = given.expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise ValueError(f'"{folder}" is a file; name a folder')
    return folder


def _database(given: SecretStr) -> SecretStr:
    # The address may hold a password, so it counts as a secret.
    try:
        address = make_url(given.get_secret_value())
    except (ArgumentError, ValueError):
        raise ValueError(DATABASE_HINT) from None
    if address.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return SecretStr(address.set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
    if address.drivername == "sqlite" and address.database not in (None, "", ":memory:") and not address.host:
        return given
    raise ValueError(DATABASE_HINT)


def _apart(given: SecretStr, others: ValidationInfo) -> SecretStr:
    """Keys that lie in the record's own database come back with its backups."""
    record = others.data.get("database_url")
    if record is not None and _place(given) == _place(record):
        raise ValueError(
            "the same database as the record; keys need one of their own, which is backed up on its own"
        )
    return given


def _place(given: SecretStr) -> tuple[object, ...]:
    address = make_url(given.get_secret_value())
    if address.get_backend_name() == "sqlite":
        return ("sqlite", Path(str(address.database)).absolute())
    return ("postgresql", address.host, address.port or POSTGRESQL_PORT, address.database)


def _master_keys(given: SecretStr) -> SecretStr:
    keys = given.get_secret_value().split(",")
    if len(keys) > MOST_MASTER_KEYS or any(_bytes_in(key.strip()) != MASTER_KEY_BYTES for key in keys):
        raise ValueError(
            f"not {MASTER_KEY_BYTES} bytes in base64, or two of them with a comma between; "
            "openssl rand -base64 32 makes one"
        )
    return given


def _bytes_in(written: str) -> int:
    try:
        return len(b64decode(written, validate=True))
    except ValueError:
        return 0


def _secret(given: SecretStr) -> SecretStr:
    text = given.get_secret_value()
    if not text or any(mark.isspace() for mark in text):
        raise ValueError("has a space or line break in it; copy it again")
    return given


def _bot_token(given: SecretStr) -> SecretStr:
    if given.get_secret_value().startswith("xapp-"):
        raise ValueError("this is an app-level token (xapp-); the bot token begins with xoxb-")
    return _secret(given)


def _app_token(given: SecretStr) -> SecretStr:
    if given.get_secret_value().startswith("xoxb-"):
        raise ValueError("this is a bot token (xoxb-); the app-level token begins with xapp-")
    return _secret(given)


def _mail_server(given: SecretStr) -> SecretStr:
    # The address may hold a password, so it counts as a secret.
    mail_server(given.get_secret_value())
    return given


def _with_its_source(given: str | None, others: ValidationInfo) -> str | None:
    """What is said about pay and where it is written are set together, or neither."""
    says = others.data.get("day_off_pay")
    if (given is None) is not (says is None):
        raise ValueError(f"set together with {PREFIX}DAY_OFF_PAY")
    return given


def _mail_from(given: str | None, others: ValidationInfo) -> str | None:
    """Both settings of mail, or neither; a server that cannot be used has its own line."""
    server = others.data.get("smtp_url")
    if given is None:
        if server is not None:
            raise ValueError(f"missing; mail needs it beside {variable('smtp_url')}")
        return None
    bare_address(given)
    if server is None and "smtp_url" in others.data:
        raise ValueError(f"no mail server beside it; set {variable('smtp_url')} as well")
    return given


def _api_key(given: str) -> str:
    if not given.startswith("SK") or not given.isalnum():
        raise ValueError("not an API key of Twilio's; its SID begins with SK")
    return given


def _telephone_number(given: str) -> str:
    digits = given.removeprefix("+")
    short_code = digits == given and len(digits) in (5, 6)
    international = digits != given and 8 <= len(digits) <= 15
    if not (digits.isascii() and digits.isdigit() and (short_code or international)):
        raise ValueError(f'"{given}" is not a telephone number; write one like +16125550100')
    return given


def _telephone_numbers(given: str) -> str:
    """Numbers, and the one word for all those that no telephone has."""
    each_of = (each.strip() for each in given.split(",") if each.strip())
    return ",".join(each if each == RESERVED_NUMBERS else _telephone_number(each) for each in each_of)


def _bucket(given: str) -> str:
    parts = urlsplit(given)
    plain = not (parts.query or parts.fragment)
    if parts.scheme != "s3" or not plain or BUCKET_NAME.fullmatch(parts.netloc) is None:
        raise ValueError(f'"{given}" is not a bucket; write one like s3://lakemont-files/rollcall')
    if find_spec(BUCKET_KIT) is None:
        raise ValueError('a bucket needs the extra "s3", which is not installed; install rollcall[s3]')
    return given


def _command(given: str) -> str:
    try:
        words = shlex.split(given)
    except ValueError:
        raise ValueError(
            "a quotation mark has no other end; write one like clamdscan --no-summary -"
        ) from None
    if not words or not words[0]:
        raise ValueError("names no program; write one like clamdscan --no-summary -")
    return given


Text = Annotated[str, AfterValidator(_text)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]


@dataclass(frozen=True, slots=True)
class _NotGiven:
    """Stands in a half-set channel for what is missing, so that it fails beside whatever is malformed."""

    because: str


class SettingsGroup(BaseModel):
    """Settings that share the first word of their variables."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def refuse_a_value_for_the_whole_group(cls, given: object) -> object:
        """The group's name alone, as in ROLLCALL_SLACK, is a slip for one of its settings."""
        if isinstance(given, str):
            names = ", ".join(variable(cls.__name__, name) for name in cls.model_fields)
            raise ValueError(f"not a setting itself; set {names}")  # noqa: TRY004  pydantic collects ValueError
        return given


class Channel(SettingsGroup):
    """Settings of one channel: on when its secrets are set, off when none is, a problem in between."""

    secrets: ClassVar[tuple[str, ...]]  # all of these ...
    either: ClassVar[tuple[str, ...]] = ()  # ... and at least one of these
    pairs: ClassVar[tuple[tuple[str, str], ...]] = ()  # both of each, or neither

    @property
    def is_on(self) -> bool:
        """Whether this installation speaks on the channel."""
        return all(getattr(self, name) is not None for name in self.secrets)

    @model_validator(mode="before")
    @classmethod
    def mark_what_is_missing(cls, given: object) -> object:
        """Put a marker where a half-set channel lacks something; it fails as that field's own problem."""
        if not isinstance(given, dict):
            return given
        in_pairs = (name for pair in cls.pairs for name in pair)
        set_here = [name for name in (*cls.secrets, *cls.either, *in_pairs) if name in given]
        if not set_here:
            return given
        because = f"missing; {cls.__name__} needs it beside {variable(cls.__name__, set_here[0])}"
        marked = {name: _NotGiven(because) for name in cls.secrets if name not in set_here}
        if cls.either and not any(name in set_here for name in cls.either):
            others = " or ".join(variable(cls.__name__, name) for name in cls.either[1:])
            marked[cls.either[0]] = _NotGiven(f"{because}, or else {others}")
        for one, other in cls.pairs:
            for name, beside in ((one, other), (other, one)):
                if name not in given and beside in given:
                    marked[name] = _NotGiven(
                        f"missing; {cls.__name__} needs it beside {variable(cls.__name__, beside)}"
                    )
        return given | marked


class Files(Channel):
    """A bucket for sent files, instead of a folder: on when it is named, with who may use it."""

    secrets = ("url", "access_key", "secret_key")

    url: Annotated[str, AfterValidator(_bucket)] | None = None
    access_key: Text | None = None
    secret_key: Secret | None = None
    region: Text = "us-east-1"
    endpoint: WebAddress | None = None


class Scan(SettingsGroup):
    """A program that looks for viruses in a file before anybody opens it."""

    command: Annotated[str, AfterValidator(_command)] | None = None
    seconds: Annotated[int, Field(gt=0, le=600)] = 30


class Slack(Channel):
    """The Slack app: events by HTTP, or by socket mode when an app token is set."""

    secrets = ("bot_token",)
    either = ("signing_secret", "app_token")

    bot_token: Annotated[SecretStr, AfterValidator(_bot_token)] | None = None
    signing_secret: Secret | None = None
    app_token: Annotated[SecretStr, AfterValidator(_app_token)] | None = None
    api_url: WebAddress = "https://slack.com/api/"


class Teams(Channel):
    """The Microsoft Teams bot and its tenant; the last two point it at a local stand-in."""

    secrets = ("client_id", "client_secret", "tenant_id")

    client_id: Text | None = None
    client_secret: Secret | None = None
    tenant_id: Text | None = None
    cloud: Annotated[TeamsCloud, BeforeValidator(_cloud)] = TeamsCloud.PUBLIC
    authority_url: WebAddress | None = None
    openid_url: WebAddress | None = None


class Graph(SettingsGroup):
    """The agency's Microsoft directory, read with the credentials of the Teams bot. Each use of it is off until it is
    switched on, and needs a permission of its own."""

    url: WebAddress | None = None
    roster: directory.Switch = False
    badge: directory.BadgeProperty = "employeeId"
    columns: directory.Columns = "email, rank, unit, supervisor_badge"
    group: directory.ObjectId | None = None
    unit_groups: directory.ObjectIds | None = None
    calendar: directory.Switch = False


class Twilio(Channel):
    """Text messages, from one number or from a messaging service."""

    secrets = ("account_sid", "auth_token")
    either = ("from_number", "messaging_service_sid")
    pairs = (("api_key", "api_key_secret"), ("segment_price", "segment_price_source"))

    account_sid: Text | None = None
    auth_token: Secret | None = None
    api_key: Annotated[str, AfterValidator(_api_key)] | None = None
    api_key_secret: Secret | None = None
    from_number: Annotated[str, AfterValidator(_telephone_number)] | None = None
    messaging_service_sid: Text | None = None
    webhook_secret: Secret | None = None
    only_to: Annotated[str, AfterValidator(_telephone_numbers)] | None = None
    monthly_segments: Annotated[int, Field(gt=0)] | None = None
    segment_price: Annotated[Decimal, Field(gt=0, lt=10, decimal_places=6)] | None = None
    segment_price_source: Text | None = None
    api_url: WebAddress = "https://api.twilio.com"

    @property
    def credentials(self) -> tuple[str, str]:
        """Who asks Twilio, and with which secret: the key where there is one, or else the account's own token."""
        secret = self.auth_token if self.api_key_secret is None else self.api_key_secret
        return self.api_key or self.account_sid or "", "" if secret is None else secret.get_secret_value()


def _embedded_database(values: dict[str, Any]) -> SecretStr:
    return SecretStr(f"sqlite:///{values['data_dir'] / 'rollcall.db'}")


def _embedded_keys(values: dict[str, Any]) -> SecretStr:
    return SecretStr(f"sqlite:///{values['data_dir'] / 'keys' / 'keys.db'}")


def _key_in_a_file() -> None:
    """Nothing here: the command that needs it makes a file in the data folder."""


class Settings(BaseSettings):
    """Everything an installation can set. Values are handed down; nothing below a door reads them here."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,  # an empty app token means HTTP mode, not a token that is empty
        enable_decoding=False,  # no value is JSON
        extra="ignore",  # the .env file may serve other programs too
        frozen=True,
        str_strip_whitespace=True,
    )

    data_dir: Annotated[Path, AfterValidator(_folder)] = Field(default=Path("data"), validate_default=True)
    database_url: Annotated[SecretStr, AfterValidator(_database)] = Field(default_factory=_embedded_database)
    keys_url: Annotated[SecretStr, AfterValidator(_database), AfterValidator(_apart)] = Field(
        default_factory=_embedded_keys
    )
    master_key: Annotated[SecretStr, AfterValidator(_master_keys)] | None = None
    anchor_dir: Annotated[Path, AfterValidator(_folder)] | None = None
    public_url: WebAddress = "http://localhost:8000"
    agency_name: Text = "Our agency"
    peer_support: Text | None = None
    answer_time: Text | None = None
    day_off_pay: Text | None = None
    day_off_pay_source: Annotated[Text | None, AfterValidator(_with_its_source)] = Field(
        default=None, validate_default=True
    )
    time_zone: Annotated[ZoneInfo, BeforeValidator(_zone)] = ZoneInfo("UTC")
    smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] | None = None
    mail_from: Annotated[str | None, AfterValidator(_mail_from)] = Field(default=None, validate_default=True)
    pseudonym_key: Secret | None = Field(default_factory=_key_in_a_file)
    files: Files = Files()
    scan: Scan = Scan()
    slack: Slack = Slack()
    teams: Teams = Teams()
    graph: Graph = Graph()
    twilio: Twilio = Twilio()


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting as an administrator sees it."""

    name: str
    default: (
        str | None
    )  # what holds when it is not set; None where nothing does, or where another setting decides


def variables() -> Iterator[Variable]:
    """Every setting there is, in the order of the tree."""
    for name, field in Settings.model_fields.items():
        group = field.annotation
        if isinstance(group, type) and issubclass(group, SettingsGroup):
            for inner, leaf in group.model_fields.items():
                yield Variable(variable(name, inner), None if leaf.default is None else str(leaf.default))
        else:
            unset = field.default_factory is not None or field.default is None
            yield Variable(variable(name), None if unset else str(field.default))


def load() -> Settings:
    """The settings of this installation, or SettingsProblems with everything that is wrong, all together."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsProblems(tuple(_lines(error))) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsProblems((f"{ENV_FILE}: cannot be read as UTF-8 text ({error})",)) from None


def _lines(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        if problem["type"] == "default_factory_not_called":
            continue  # follows from another problem, which has its own line
        name = variable(*(str(step) for step in problem["loc"]))
        yield f"{name}: {_what_is_wrong(problem['input'], problem.get('ctx', {}), problem['msg'])}"


def _what_is_wrong(given: object, context: dict[str, Any], otherwise: str) -> str:
    if isinstance(given, _NotGiven):
        return given.because
    return str(context.get("error", otherwise))
