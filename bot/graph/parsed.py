"""What of an answer of Graph's is read? A few fields, by factories of our own: the kit's own models go through two
thousand imports for each person of a page, several seconds for a thousand people, and every thread waits for them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from kiota_abstractions.serialization import Parsable, ParseNode, SerializationWriter

Fields = dict[str, Callable[[ParseNode], None]]
EXTENSIONS: Final = 15
REMOVED: Final = "@removed"
LONGEST: Final = 200


class _OnlyRead(Parsable):
    """Something that is read and never sent."""

    def serialize(self, writer: SerializationWriter) -> None:
        raise NotImplementedError

    def _text(self, name: str) -> Callable[[ParseNode], None]:
        return lambda node: setattr(self, name, _plain(node.get_str_value()))


class AccountExtensions(_OnlyRead):
    """The fifteen attributes that an agency may use as it likes, by number."""

    def __init__(self) -> None:
        self.values: dict[int, str] = {}

    @staticmethod
    def create_from_discriminator_value(parse_node: ParseNode) -> "AccountExtensions":
        del parse_node
        return AccountExtensions()

    def get_field_deserializers(self) -> Fields:
        return {f"extensionAttribute{n}": self._keep(n) for n in range(1, EXTENSIONS + 1)}

    def _keep(self, number: int) -> Callable[[ParseNode], None]:
        return lambda node: self.values.__setitem__(number, _plain(node.get_str_value()))


class ReadAccount(_OnlyRead):
    """A person of the directory, or a group."""

    def __init__(self) -> None:
        self.id = self.display_name = self.given_name = self.surname = self.mail = self.mobile_phone = ""
        self.job_title = self.department = self.user_type = self.employee_id = self.sam_account_name = ""
        self.enabled = True
        self.removed = False
        self.hired: datetime | None = None
        self.extensions: AccountExtensions | None = None
        self.manager: ReadAccount | None = None

    @staticmethod
    def create_from_discriminator_value(parse_node: ParseNode) -> "ReadAccount":
        del parse_node
        return ReadAccount()

    def get_field_deserializers(self) -> Fields:
        return {
            "id": lambda node: setattr(self, "id", _plain(node.get_str_value()).casefold()),
            "displayName": self._text("display_name"),
            "givenName": self._text("given_name"),
            "surname": self._text("surname"),
            "mail": self._text("mail"),
            "mobilePhone": self._text("mobile_phone"),
            "jobTitle": self._text("job_title"),
            "department": self._text("department"),
            "userType": self._text("user_type"),
            "employeeId": self._text("employee_id"),
            "onPremisesSamAccountName": self._text("sam_account_name"),
            "accountEnabled": lambda node: setattr(self, "enabled", node.get_bool_value() is not False),
            "employeeHireDate": lambda node: setattr(self, "hired", node.get_datetime_value()),
            "onPremisesExtensionAttributes": lambda node: setattr(
                self, "extensions", node.get_object_value(AccountExtensions)
            ),
            "manager": lambda node: setattr(self, "manager", node.get_object_value(ReadAccount)),
            REMOVED: lambda _: setattr(self, "removed", True),
        }


class MadeEvent(_OnlyRead):
    """An entry of a calendar, as far as anybody needs it again."""

    def __init__(self) -> None:
        self.id = ""

    @staticmethod
    def create_from_discriminator_value(parse_node: ParseNode) -> "MadeEvent":
        del parse_node
        return MadeEvent()

    def get_field_deserializers(self) -> Fields:
        # Letter for letter, however long.
        return {"id": lambda node: setattr(self, "id", node.get_str_value() or "")}


class AccountPage(_OnlyRead):
    """Accounts or members, with where it goes on or where to ask for what changes."""

    def __init__(self) -> None:
        self.value: list[ReadAccount] | None = None  # None: it is no page
        self.next_link = self.delta_link = ""

    @staticmethod
    def create_from_discriminator_value(parse_node: ParseNode) -> "AccountPage":
        del parse_node
        return AccountPage()

    def get_field_deserializers(self) -> Fields:
        return {
            "value": lambda node: setattr(self, "value", _all(node)),
            "@odata.nextLink": lambda node: setattr(self, "next_link", node.get_str_value() or ""),
            "@odata.deltaLink": lambda node: setattr(self, "delta_link", node.get_str_value() or ""),
        }


def _all(node: ParseNode) -> list[Any]:
    """Every account of a page that has an id."""
    return [each for each in node.get_collection_of_object_values(ReadAccount) or () if each.id]


def _plain(value: object) -> str:
    """A value as plain text; nothing for what is none."""
    return " ".join(value.split())[:LONGEST] if isinstance(value, str) else ""
