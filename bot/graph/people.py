"""Whom does the directory hold? Users with badge, unit and manager, all of them or those who changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.request_information import RequestInformation
from msgraph.generated.groups.item.group_item_request_builder import GroupItemRequestBuilder
from msgraph.generated.groups.item.members.members_request_builder import MembersRequestBuilder
from msgraph.generated.groups.item.transitive_members.transitive_members_request_builder import (
    TransitiveMembersRequestBuilder,
)
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder

from bot.graph.kit import GoneError, GraphKit
from bot.graph.parsed import AccountPage, ReadAccount
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
GUEST: Final = "guest"


@dataclass(frozen=True, slots=True)
class _Groups:
    """Who is in which group, as far as the settings name any."""

    agency: frozenset[str] | None
    unit_of: Mapping[str, str] | None


async def knock(kit: GraphKit, what: DirectoryWanted) -> None:
    """Whether it gives what is asked for: one person, and each group of the settings."""
    query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(select=["id"], top=1)
    request = partial(
        kit.client.users.to_get_request_information, RequestConfiguration(query_parameters=query)
    )
    _on(await kit.read(request, AccountPage, READ_USERS))
    for group in [what.group] * bool(what.group) + list(what.units):
        await _named(kit, group)


async def everybody(kit: GraphKit, what: DirectoryWanted) -> DirectoryReading:
    """All of the directory. The link is asked for first: what changes meanwhile is read twice and never missed."""
    link = await _latest(kit, what)
    groups = await _groups(kit, what)
    query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
        select=_select(what), expand=[_manager(what)], top=PAGE
    )
    first = partial(kit.client.users.to_get_request_information, RequestConfiguration(query_parameters=query))
    # Each by its id: a page may give somebody again.
    found = {each.id: each for each in await _all(kit, first, READ_USERS)}
    return DirectoryReading(people=tuple(_person(each, what, groups) for each in found.values()), link=link)


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
        request = partial(one.to_get_request_information, RequestConfiguration(query_parameters=query))
        try:
            # What a change leaves unsaid is not nothing: the person is read as a whole, with their manager.
            account = await kit.read(request, ReadAccount, READ_USERS)
        except GoneError:
            removed.append(object_id)
            continue
        if account.id != object_id:
            raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="somebody else")
        people.append(_person(account, what, groups))
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
        page = await kit.read(builder.to_get_request_information, AccountPage, READ_USERS)
        gone |= {each.id: each.removed for each in _on(page)}
        if page.delta_link:
            onward = kit.trusted(page.delta_link)
            return [each for each in gone if not gone[each]], [each for each in gone if gone[each]], onward
        if not page.next_link:
            break
        link = page.next_link
    raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="changes without an end")


async def _groups(kit: GraphKit, what: DirectoryWanted) -> _Groups:
    agency: frozenset[str] | None = None
    if what.group:
        agency = frozenset(await _members(kit, what.group, nested=True))
    if not what.units:
        return _Groups(agency, None)
    unit_of: dict[str, str] = {}
    for group in what.units:
        name = await _named(kit, group)
        for member in await _members(kit, group, nested=False):
            # Whoever is in two of them is in the one that the settings name first.
            unit_of.setdefault(member, name)
    return _Groups(agency, unit_of)


async def _named(kit: GraphKit, group: str) -> str:
    """What a group is called."""
    query = GroupItemRequestBuilder.GroupItemRequestBuilderGetQueryParameters(select=["id", "displayName"])
    one = kit.client.groups.by_group_id(group)
    request = partial(one.to_get_request_information, RequestConfiguration(query_parameters=query))
    try:
        return (await kit.read(request, ReadAccount, READ_MEMBERS)).display_name
    except GoneError:
        raise RollcallError(ErrorCode.DIRECTORY_GROUP, group=group) from None


async def _members(kit: GraphKit, group: str, *, nested: bool) -> list[str]:
    """Ids of everybody in a group; ``nested``: also through groups in it."""
    one = kit.client.groups.by_group_id(group)
    direct = MembersRequestBuilder.MembersRequestBuilderGetQueryParameters(select=["id"], top=PAGE)
    through = TransitiveMembersRequestBuilder.TransitiveMembersRequestBuilderGetQueryParameters(
        select=["id"], top=PAGE
    )
    first = (
        partial(
            one.transitive_members.to_get_request_information, RequestConfiguration(query_parameters=through)
        )
        if nested
        else partial(one.members.to_get_request_information, RequestConfiguration(query_parameters=direct))
    )
    try:
        return [each.id for each in await _all(kit, first, READ_MEMBERS)]
    except GoneError:
        raise RollcallError(ErrorCode.DIRECTORY_GROUP, group=group) from None


async def _all(kit: GraphKit, first: Callable[[], RequestInformation], permission: str) -> list[ReadAccount]:
    """Everything from the first page to the last, however few a page gives."""
    found: list[ReadAccount] = []
    request = first
    for _ in range(MOST_PAGES):
        page = await kit.read(request, AccountPage, permission)
        found += _on(page)
        if not page.next_link:
            return found
        # A link says all of itself, whatever it is followed by.
        request = kit.client.users.with_url(kit.trusted(page.next_link)).to_get_request_information
    raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="pages without an end")


def _on(page: AccountPage) -> list[ReadAccount]:
    if page.value is None:
        raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="no page")
    return page.value


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


def _person(account: ReadAccount, what: DirectoryWanted, groups: _Groups) -> DirectoryPerson:
    unit = account.department if groups.unit_of is None else groups.unit_of.get(account.id, "")
    return DirectoryPerson(
        object_id=account.id,
        badge=_badge(account, what),
        given=account.given_name,
        family=account.surname,
        email=account.mail,
        mobile_phone=account.mobile_phone,
        job_title=account.job_title,
        unit=unit,
        supervisor_badge="" if account.manager is None else _badge(account.manager, what),
        hired_on=None if account.hired is None else account.hired.date(),
        enabled=account.enabled,
        guest=account.user_type.casefold() == GUEST,
        outside=groups.agency is not None and account.id not in groups.agency,
    )


def _badge(account: ReadAccount, what: DirectoryWanted) -> str:
    """As text: a badge keeps its zeros."""
    if what.badge.startswith(EXTENSION):
        number = int(what.badge.removeprefix(EXTENSION))
        return "" if account.extensions is None else account.extensions.values.get(number, "")
    return account.employee_id if what.badge == "employeeId" else account.sam_account_name
