"""Whom does the directory hold? Users with badge, unit and manager, all of them or those who changed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.groups.item.group_item_request_builder import GroupItemRequestBuilder
from msgraph.generated.groups.item.members.members_request_builder import MembersRequestBuilder
from msgraph.generated.groups.item.transitive_members.transitive_members_request_builder import (
    TransitiveMembersRequestBuilder,
)
from msgraph.generated.models.directory_object_collection_response import (
    DirectoryObjectCollectionResponse,
)
from msgraph.generated.models.user import User
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder

from bot.graph.kit import GoneError, GraphKit
from bot.graph.wanted import EXTENSION, DirectoryWanted
from training.directory.model import DirectoryPerson, DirectoryReading
from training.errors import ErrorCode, RollcallError

READ_USERS: Final = "User.Read.All"
READ_MEMBERS: Final = "GroupMember.Read.All"
# Most that Graph gives at once; it gives fewer as it likes.
PAGE: Final = 999
# A directory never ends by itself when a service gives the same link again and again.
MOST_PAGES: Final = 1000
# Each change is one request; beyond this the whole is read in fewer.
MOST_CHANGES: Final = 50
LONGEST: Final = 200
GUEST: Final = "guest"


@dataclass(frozen=True, slots=True)
class _Groups:
    """Who is in which group, as far as the settings name any."""

    agency: frozenset[str] | None
    unit_of: Mapping[str, str] | None


async def everybody(kit: GraphKit, what: DirectoryWanted) -> DirectoryReading:
    """All of the directory. The link is asked for first: what changes meanwhile is read twice and never missed."""
    link = await _latest(kit, what)
    groups = await _groups(kit, what)
    users: list[User] = []
    query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
        select=_select(what), expand=[_manager(what)], top=PAGE
    )
    get = partial(kit.client.users.get, RequestConfiguration(query_parameters=query))
    for _ in range(MOST_PAGES):
        page = await kit.ask(get, READ_USERS)
        users += page.value or []
        if not page.odata_next_link:
            found = tuple(_person(each, what, groups) for each in _once(users))
            return DirectoryReading(people=found, link=link)
        get = partial(kit.client.users.with_url(kit.trusted(page.odata_next_link)).get)
    raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="pages without an end")


async def changes(kit: GraphKit, what: DirectoryWanted, link: str) -> DirectoryReading | None:
    """Who changed since then, each as they are now; None where that cannot be said any more."""
    try:
        changed, removed, onward = await _changed(kit, link)
    except GoneError:
        return None
    if len(changed) > MOST_CHANGES:
        return None
    groups = await _groups(kit, what)
    query = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters(
        select=_select(what), expand=[_manager(what)]
    )
    people = []
    for object_id in changed:
        one = kit.client.users.by_user_id(object_id)
        try:
            # What a change leaves unsaid is not nothing: the person is read as a whole, with their manager.
            user = await kit.ask(partial(one.get, RequestConfiguration(query_parameters=query)), READ_USERS)
        except GoneError:
            removed.append(object_id)
            continue
        people.append(_person(user, what, groups))
    return DirectoryReading(people=tuple(people), removed=tuple(removed), link=onward, whole=False)


async def _latest(kit: GraphKit, what: DirectoryWanted) -> str:
    """Where to go on from now, without reading anything."""
    start = f"{kit.root}/users/delta()?$deltatoken=latest&$select={','.join(_select(what))}"
    _, _, link = await _changed(kit, start)
    return link


async def _changed(kit: GraphKit, link: str) -> tuple[list[str], list[str], str]:
    """Ids that changed and ids that are gone, each once whatever the order, and the next link."""
    gone: dict[str, bool] = {}
    for _ in range(MOST_PAGES):
        builder = kit.client.users.delta.with_url(kit.trusted(link))
        page = await kit.ask(builder.get, READ_USERS)
        for user in page.value or []:
            if _text(user.id):
                gone[_text(user.id).casefold()] = "@removed" in (user.additional_data or {})
        if page.odata_delta_link:
            onward = kit.trusted(page.odata_delta_link)
            return [each for each in gone if not gone[each]], [each for each in gone if gone[each]], onward
        if not page.odata_next_link:
            break
        link = page.odata_next_link
    raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="changes without an end")


async def _groups(kit: GraphKit, what: DirectoryWanted) -> _Groups:
    agency: frozenset[str] | None = None
    if what.group:
        agency = frozenset(await _members(kit, what.group, nested=True))
    if not what.units:
        return _Groups(agency, None)
    unit_of: dict[str, str] = {}
    for group in what.units:
        query = GroupItemRequestBuilder.GroupItemRequestBuilderGetQueryParameters(
            select=["id", "displayName"]
        )
        one = kit.client.groups.by_group_id(group)
        try:
            found = await kit.ask(
                partial(one.get, RequestConfiguration(query_parameters=query)), READ_MEMBERS
            )
        except GoneError:
            raise RollcallError(ErrorCode.DIRECTORY_GROUP, group=group) from None
        for member in await _members(kit, group, nested=False):
            # Whoever is in two of them is in the one that the settings name first.
            unit_of.setdefault(member, _text(found.display_name))
    return _Groups(agency, unit_of)


async def _members(kit: GraphKit, group: str, *, nested: bool) -> list[str]:
    """Ids of everybody in a group; ``nested``: also through groups in it."""
    one = kit.client.groups.by_group_id(group)
    direct = MembersRequestBuilder.MembersRequestBuilderGetQueryParameters(select=["id"], top=PAGE)
    through = TransitiveMembersRequestBuilder.TransitiveMembersRequestBuilderGetQueryParameters(
        select=["id"], top=PAGE
    )
    get: Callable[[], Awaitable[DirectoryObjectCollectionResponse | None]] = (
        partial(one.transitive_members.get, RequestConfiguration(query_parameters=through))
        if nested
        else partial(one.members.get, RequestConfiguration(query_parameters=direct))
    )
    found: list[str] = []
    for _ in range(MOST_PAGES):
        try:
            page = await kit.ask(get, READ_MEMBERS)
        except GoneError:
            raise RollcallError(ErrorCode.DIRECTORY_GROUP, group=group) from None
        found += [_text(each.id).casefold() for each in page.value or [] if _text(each.id)]
        if not page.odata_next_link:
            return found
        # Both answer alike, and a link says all of itself.
        get = partial(one.members.with_url(kit.trusted(page.odata_next_link)).get)
    raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="pages without an end")


def _select(what: DirectoryWanted) -> list[str]:
    named = [
        "id",
        "accountEnabled",
        "userType",
        "displayName",
        "givenName",
        "surname",
        "mail",
        "mobilePhone",
        "jobTitle",
        "department",
        "employeeHireDate",
    ]
    return [*named, what.badge_property]


def _manager(what: DirectoryWanted) -> str:
    return f"manager($select=id,{what.badge_property})"


def _once(users: Sequence[User]) -> list[User]:
    """Each by its id: a page may give somebody again."""
    return list({_text(each.id).casefold(): each for each in users if _text(each.id)}.values())


def _person(user: User, what: DirectoryWanted, groups: _Groups) -> DirectoryPerson:
    object_id = _text(user.id).casefold()
    unit = _text(user.department) if groups.unit_of is None else groups.unit_of.get(object_id, "")
    manager = user.manager if isinstance(user.manager, User) else None
    return DirectoryPerson(
        object_id=object_id,
        badge=_badge(user, what),
        given=_text(user.given_name),
        family=_text(user.surname),
        email=_text(user.mail),
        mobile_phone=_text(user.mobile_phone),
        job_title=_text(user.job_title),
        unit=unit,
        supervisor_badge="" if manager is None else _badge(manager, what),
        hired_on=None if user.employee_hire_date is None else user.employee_hire_date.date(),
        enabled=user.account_enabled is not False,
        guest=_text(user.user_type).casefold() == GUEST,
        outside=groups.agency is not None and object_id not in groups.agency,
    )


def _badge(user: User, what: DirectoryWanted) -> str:
    """As text: a badge keeps its zeros."""
    if what.badge.startswith(EXTENSION):
        held = user.on_premises_extension_attributes
        number = what.badge.removeprefix(EXTENSION)
        return _text(getattr(held, f"extension_attribute{number}", None))
    if what.badge == "employeeId":
        return _text(user.employee_id)
    return _text(user.on_premises_sam_account_name)


def _text(value: object) -> str:
    """A value as plain text; nothing for what is none."""
    return " ".join(value.split())[:LONGEST] if isinstance(value, str) else ""
