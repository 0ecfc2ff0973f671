"""Graph as a tenant has it: users, managers, groups and what changed, by the rules that the documents give for them.

What is not asked for is not given: a property without ``$select``, a page without its link, anything without a token
for this service. A permission that was not granted is refused by name of the error that Graph uses.
"""

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import httpx

from config.settings import Graph, Settings
from tests.fakes.graph.login import Login
from tests.fakes.graph.login import settings as teams_settings

ROOT = "http://graph.test/v1.0"
SCOPE = "https://graph.microsoft.com/.default"
USERS, MEMBERS = "User.Read.All", "GroupMember.Read.All"
CATALOGUE, INSTALL = "AppCatalog.Read.All", "TeamsAppInstallation.ReadWriteSelfForUser.All"
CALENDARS = "Calendars.ReadWrite"
# What comes without being named.
ALWAYS = (
    "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation",
    "preferredLanguage", "surname", "userPrincipalName", "id",
)  # fmt: skip
ADVANCED = re.compile(r"employeeId|onPremisesExtensionAttributes|\bne\b|\bnot\b|endsWith")
FROM_NOW = "latest"
EXPAND = re.compile(r"manager\(\$select=(?P<named>[A-Za-z,]+)\)")


def object_id(number: int) -> str:
    """An id as the directory makes them, with a number to know it by."""
    return f"6f1e0000-0000-4000-8000-{number:012}"


def refused(status: int, code: str, **headers: str) -> httpx.Response:
    """An error as Graph words it."""
    said = {"error": {"code": code, "message": "words", "innerError": {"request-id": "r-1"}}}
    return httpx.Response(status, json=said, headers={"request-id": "r-1", **headers})


@dataclass(slots=True)
class Tenant:
    """The directory. ``per_page``: as many as it likes to give, whatever was wished for. ``failing``: answers to give
    instead, by the beginning of the path."""

    login: Login = field(default_factory=Login)
    granted: set[str] = field(default_factory=lambda: {USERS, MEMBERS})
    per_page: int = 2
    failing: defaultdict[str, deque[httpx.Response | Exception]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)
    groups: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    apps: dict[str, str] = field(default_factory=dict)  # by the id in the package, the tenant's own
    has_app: list[str] = field(default_factory=list)
    events: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # by whose and its id
    unreached: set[str] = field(default_factory=set)  # whose calendars the permission does not reach
    log: list[str] = field(default_factory=list)  # ids in the order in which they changed
    oldest: int = 0  # links from before this place in the log are no longer followed
    asked: list[httpx.Request] = field(default_factory=list)
    broken: list[AssertionError] = field(default_factory=list)  # what nobody should have asked for
    lies: Mapping[str, str] = field(default_factory=dict)  # what a link says instead of the true host

    def settings(self, **graph: Any) -> Settings:
        """What an agency sets, pointed here."""
        given: dict[str, Any] = {"url": ROOT, "roster": True, **graph}
        return Settings.model_construct(teams=teams_settings(), graph=Graph(**given))

    def hire(self, number: int, given: str, family: str, **more: Any) -> str:
        """Somebody gets an account; properties in Graph's own names."""
        who = object_id(number)
        self.users[who] = {
            "id": who,
            "accountEnabled": True,
            "userType": "Member",
            "displayName": f"{given} {family}",
            "givenName": given,
            "surname": family,
            "mail": f"{given}.{family}@lakemont.example.org",
            "employeeId": f"{number:04}",
            **more,
        }
        self.log.append(who)
        return who

    def change(self, who: str, **properties: Any) -> None:
        """Something about somebody is not what it was."""
        self.users[who] |= properties
        self.log.append(who)

    def remove(self, who: str) -> None:
        """The account is gone."""
        del self.users[who]
        self.log.append(who)

    def paths(self) -> list[str]:
        """What was asked for, in order, without who it was about."""
        return [request.url.path.removeprefix("/v1.0") for request in self.asked]

    def transport(self) -> httpx.MockTransport:
        """In the place of the network."""
        return httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What comes of one request. Whoever asks may well take what is raised here for a failure of the service."""
        try:
            return self._answer(request)
        except AssertionError as error:
            self.broken.append(error)
            raise

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        assert request.url.host == "graph.test", f"a request to {request.url.host}"
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self.login.given.get(bearer) != SCOPE:
            return refused(401, "InvalidAuthenticationToken")
        path = request.url.path.removeprefix("/v1.0")
        for beginning, failures in self.failing.items():
            if path.startswith(beginning) and failures:
                failure = failures.popleft()
                if isinstance(failure, Exception):
                    raise failure
                return failure
        asked = {name: values[0] for name, values in parse_qs(request.url.query.decode()).items()}
        eventual = request.headers.get("consistencylevel") == "eventual"
        if ADVANCED.search(asked.get("$filter", "")) and not (eventual and asked.get("$count") == "true"):
            return refused(400, "Request_UnsupportedQuery")
        if eventual and "$expand" in asked:
            return refused(400, "Request_UnsupportedQuery")
        posted = json.loads(request.content) if request.method in {"POST", "PATCH"} else {}
        if "/events" in path:
            return self._calendar(request, path, posted)
        return self._route(path, asked, posted)

    def _route(self, path: str, asked: Mapping[str, str], body: Mapping[str, Any]) -> httpx.Response:
        steps = path.strip("/").split("/")
        match steps:
            case ["users"]:
                return self._needs(USERS) or self._page("/users", self.users.values(), asked)
            case ["users", "delta()" | "delta"]:
                return self._needs(USERS) or self._delta(asked)
            case ["users", who]:
                return self._needs(USERS) or self._one(self.users.get(who), asked)
            case ["appCatalogs", "teamsApps"]:
                return self._needs(CATALOGUE) or self._catalogue(asked)
            case ["users", who, "teamwork", "installedApps"]:
                return self._needs(INSTALL) or self._install(who, body)
            case ["groups", group]:
                found = self.groups.get(group)
                said = None if found is None else {"id": group, "displayName": found[0]}
                return self._needs(MEMBERS) or self._one(said, asked)
            case ["groups", group, "members" | "transitiveMembers" as which]:
                return self._needs(MEMBERS) or self._members(group, which, asked)
        raise AssertionError(f"nobody asks Graph for {path}")

    def _needs(self, permission: str) -> httpx.Response | None:
        return None if permission in self.granted else refused(403, "Authorization_RequestDenied")

    def _catalogue(self, asked: Mapping[str, str]) -> httpx.Response:
        found = [
            {"id": there}
            for external, there in self.apps.items()
            if asked["$filter"] == f"externalId eq '{external}'"
        ]
        return httpx.Response(200, json={"value": found})

    def _install(self, who: str, body: Mapping[str, Any]) -> httpx.Response:
        bound = body["teamsApp@odata.bind"].removeprefix(f"{ROOT}/appCatalogs/teamsApps/")
        assert bound in self.apps.values()
        if who not in self.users:
            return refused(404, "NotFound")
        if who in self.has_app:
            return refused(409, "Conflict")
        self.has_app.append(who)
        return httpx.Response(201)

    def _calendar(self, request: httpx.Request, path: str, body: dict[str, Any]) -> httpx.Response:
        _, who, _, *of = path.strip("/").split("/")
        assert request.headers["prefer"] == 'IdType="ImmutableId"'
        if CALENDARS not in self.granted or who in self.unreached:
            return refused(403, "ErrorAccessDenied")
        if who not in self.users:
            return refused(404, "ErrorInvalidUser")
        if request.method == "POST":
            return self._enter(who, body)
        key = (who, *of)
        if key not in self.events:
            return refused(404, "ErrorItemNotFound")
        if request.method == "DELETE":
            del self.events[who, of[0]]
            return httpx.Response(204)
        assert request.method == "PATCH"
        assert "transactionId" not in body
        self.events[who, of[0]] |= body
        return httpx.Response(200, json={"id": of[0]})

    def _enter(self, who: str, body: dict[str, Any]) -> httpx.Response:
        """Of one transaction there is one entry: asked for again just as it was it is given again."""
        for (whose, event), said in self.events.items():
            if whose == who and said["transactionId"] == body["transactionId"]:
                return httpx.Response(201, json={"id": event}) if said == body else refused(409, "Conflict")
        event = f"AAkALg-Event_{len(self.asked)}="
        self.events[who, event] = dict(body)
        return httpx.Response(201, json={"id": event})

    def _members(self, group: str, which: str, asked: Mapping[str, str]) -> httpx.Response:
        if group not in self.groups:
            return refused(404, "Request_ResourceNotFound")
        ids = list(self._inside(group, nested=which == "transitiveMembers"))
        members = [
            {"@odata.type": "#microsoft.graph.group" if each in self.groups else "#microsoft.graph.user"}
            | {"id": each}
            for each in ids
        ]
        return self._page(f"/groups/{group}/{which}", members, asked)

    def _inside(self, group: str, *, nested: bool) -> Iterable[str]:
        for each in self.groups[group][1]:
            yield each
            if nested and each in self.groups:
                yield from self._inside(each, nested=True)

    def _one(self, found: Mapping[str, Any] | None, asked: Mapping[str, str]) -> httpx.Response:
        if found is None:
            return refused(404, "Request_ResourceNotFound")
        return httpx.Response(200, json=self._seen(found, asked))

    def _page(
        self, path: str, everything: Iterable[Mapping[str, Any]], asked: Mapping[str, str]
    ) -> httpx.Response:
        if int(asked.get("$top", "100")) > 999:
            return refused(400, "Request_BadRequest")
        rows = list(everything)
        start = int(asked.get("$skiptoken", "0"))
        end = start + self.per_page
        said: dict[str, Any] = {"value": [self._seen(each, asked) for each in rows[start:end]]}
        if end < len(rows):
            said["@odata.nextLink"] = self._link(path, {**asked, "$skiptoken": str(end)}, "next")
        return httpx.Response(200, json=said)

    def _delta(self, asked: Mapping[str, str]) -> httpx.Response:
        if "$expand" in asked:
            return refused(400, "Request_UnsupportedQuery")
        place = asked.get("$deltatoken", "")
        if place == FROM_NOW:
            assert "employee" in asked.get("$select", "") or "onPremises" in asked.get("$select", "")
            return self._changes([], len(self.log))
        since = int(place or asked.get("$skiptoken", "0"))
        if since < self.oldest:
            return refused(400, "syncStateNotFound")
        end = since + self.per_page
        if end < len(self.log):
            value = [self._changed(each) for each in self.log[since:end]]
            link = self._link("/users/delta()", {"$skiptoken": str(end)}, "next")
            return httpx.Response(200, json={"value": value, "@odata.nextLink": link})
        return self._changes(self.log[since:], len(self.log))

    def _changes(self, ids: list[str], place: int) -> httpx.Response:
        link = self._link("/users/delta()", {"$deltatoken": str(place)}, "delta")
        said = {"value": [self._changed(each) for each in ids], "@odata.deltaLink": link}
        return httpx.Response(200, json=said)

    def _changed(self, who: str) -> dict[str, Any]:
        if who not in self.users:
            return {"id": who, "@removed": {"reason": "changed"}}
        # Only what changed has to be there; here it is nothing besides the id.
        return {"id": who}

    def _seen(self, row: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
        named = asked["$select"].split(",") if "$select" in asked else ALWAYS
        seen = {name: row.get(name) for name in named} | {
            name: value for name, value in row.items() if name.startswith("@")
        }
        expand = EXPAND.fullmatch(asked.get("$expand", ""))
        assert expand is not None or "$expand" not in asked
        manager = self.users.get(self.managers.get(str(row.get("id")), ""))
        if expand is not None and manager is not None:
            seen["manager"] = {"@odata.type": "#microsoft.graph.user"} | {
                name: manager.get(name) for name in expand["named"].split(",")
            }
        return seen

    def _link(self, path: str, asked: Mapping[str, str], kind: str) -> str:
        return f"{self.lies.get(kind, ROOT)}{path}?{urlencode(asked)}"
