"""Who answers a call? The method, once the token, its scopes and the limits let it through."""

from collections.abc import Callable
from typing import Any

from tests.fakes.slack import access
from tests.fakes.slack.arguments import Arguments
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.methods.call import MethodCall
from tests.fakes.slack.methods.others import api_test
from tests.fakes.slack.methods.table import FORM_ONLY, METHODS
from tests.fakes.slack.world import World

Json = dict[str, Any]


def answer(
    world: World,
    limits: Limits,
    base: str,
    open_connection: Callable[[], str],
    method: str,
    arguments: Arguments,
) -> Json:
    """The body of an answer that is ok, or the refusal raised."""
    if method == "api.test":
        limits.call(method, world.home_team, world.now())
        return {"ok": True, **api_test(arguments)}
    if method == "apps.connections.open":
        access.app_level(world, arguments.token)
        limits.call(method, world.home_team, world.now())
        return {"ok": True, "url": open_connection()}
    work = METHODS.get(method)
    if work is None:
        raise SlackError("unknown_method", req_method=method)
    install = access.bot(world, arguments.token, method)
    limits.call(method, install.team_id, world.now())
    if method in FORM_ONLY and arguments.is_json:
        arguments = Arguments({}, arguments.token, is_json=True, warnings=arguments.warnings)
    told = {"ok": True, **work(MethodCall(world, install, arguments, limits, base))}
    if arguments.warnings:
        told["warning"] = ",".join(arguments.warnings)
        told.setdefault("response_metadata", {})["warnings"] = arguments.warnings
    return told
