"""Does everything that can be understood or pressed lead somewhere, and does every way say who may go it?"""

import ast
import inspect
from collections.abc import Iterator

import pytest

from handlers import routing
from handlers.routing import Audience, Route, Router
from handlers.table import BY_NAME, ROUTER
from messages.about import MENU_ROUTES
from messages.replies import Reply
from messages.words import load
from reading.text.model import COMMANDS, INTENTS, Understood
from tests.structure.checkout import modules

# Understood, and deliberately not the way to anything yet.
OUT_OF_SCOPE_INTENTS = {
    "out_of_scope": "it says that the text is for somebody else, so the answer to it is no route",
}
OUT_OF_SCOPE_COMMANDS = {
    "pick": "a bare number answers the choice that was offered last, and means nothing without one",
    "yes": "what a question of ours wants is its own word, such as OK; a bare yes is answered with what can be asked",
    "no": "the same as a bare yes: nothing is taken from it, and nothing is written",
}


@pytest.mark.parametrize("intent", [each for each in INTENTS if each not in OUT_OF_SCOPE_INTENTS])
def test_every_intent_leads_somewhere(intent: str) -> None:
    assert ROUTER.route(Understood(intent=intent)) is not None


@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in OUT_OF_SCOPE_COMMANDS])
def test_every_command_leads_somewhere_of_its_own(command: str) -> None:
    assert any(command in route.commands for route in ROUTER.routes)


def test_what_is_left_out_is_left_out_on_purpose() -> None:
    assert set(OUT_OF_SCOPE_INTENTS) <= set(INTENTS)
    assert set(OUT_OF_SCOPE_COMMANDS) <= set(COMMANDS)
    routed = {intent for route in ROUTER.routes for intent in route.intents}
    assert not routed & set(OUT_OF_SCOPE_INTENTS)


def test_no_route_waits_for_what_nobody_can_say() -> None:
    for route in ROUTER.routes:
        assert set(route.intents) <= set(INTENTS), route.name


@pytest.mark.parametrize("reply", list(Reply))
def test_every_reply_of_a_message_leads_somewhere(reply: Reply) -> None:
    assert reply.value in BY_NAME


def test_every_button_of_the_menu_leads_somewhere() -> None:
    for key in MENU_ROUTES:
        if key != "person":  # a person is asked about by name; there is no button for everybody
            assert key in BY_NAME, key


def test_every_menu_key_of_a_route_can_be_described() -> None:
    words = load()
    for route in ROUTER.routes:
        if route.menu:
            assert route.menu in MENU_ROUTES, route.name
            for form in ("typed", "help", "label"):
                assert f"menu-{route.menu}-{form}" in words


def test_a_menu_key_is_the_name_of_its_route() -> None:
    """The button of a menu entry carries the key, and the front desk looks it up by name."""
    for route in ROUTER.routes:
        assert route.menu in {"", route.name}, route.name


def test_every_list_that_remembers_its_page_has_a_next_one() -> None:
    """``pages_of="duplicates"``: MORE is looked up by the name of the route."""
    remembered = {
        keyword.value.value
        for _, tree in modules("handlers")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "pages_of" and isinstance(keyword.value, ast.Constant)
    }
    assert remembered
    assert not [name for name in remembered if BY_NAME[str(name)].next_page is None]


@pytest.mark.parametrize("route", ROUTER.routes, ids=[route.name for route in ROUTER.routes])
def test_every_route_says_who_may_use_it(route: Route) -> None:
    audiences = [each for _, each in inspect.getmembers(routing) if isinstance(each, Audience)]
    assert route.may_use in audiences
    assert route.may_use.who
    assert route.may_use.asks


def test_who_may_use_a_route_has_no_default() -> None:
    assert inspect.signature(Route).parameters["may_use"].default is inspect.Parameter.empty


def test_route_names_are_their_own() -> None:
    names = [route.name for route in ROUTER.routes]
    assert len(names) == len(set(names))
    assert all(name == name.lower().replace("_", "-") for name in names)


def test_two_routes_for_one_intent_are_found_at_start() -> None:
    route = ROUTER.routes[0]
    with pytest.raises(ValueError, match=route.intents[0]):
        Router((route, route))


def routes_written(tree: ast.AST) -> Iterator[str]:
    """``Button(label, "route")``: the route, or both of them where one is chosen, as far as it is written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Button":
            given = [*node.args[1:2], *(each.value for each in node.keywords if each.arg == "route")]
            chosen = [each for route in given for each in (ast.walk(route) if _is_choice(route) else [route])]
            yield from (
                each.value
                for each in chosen
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def _is_choice(node: ast.expr) -> bool:
    return isinstance(node, ast.IfExp) and isinstance(node.body, ast.Constant)


def test_every_route_of_a_button_that_a_message_writes_is_known() -> None:
    written = {
        route for _, tree in modules("messages", "handlers") for route in routes_written(tree) if route
    }
    assert len(written) > 10
    assert written <= set(BY_NAME), written - set(BY_NAME)


def test_a_button_that_leads_nowhere_is_caught() -> None:
    planted = 'Button(said, "moon")\nButton(said, route="sun")\nButton(said, "up" if day else "down")'
    assert list(routes_written(ast.parse(planted))) == ["moon", "sun", "up", "down"]


def routes_of_forms(*rooms: str) -> set[str]:
    """The route of every form that these rooms write; each writes it out, so that it can be found."""
    written = [
        next(each.value for each in node.keywords if each.arg == "route")
        for _, tree in modules(*rooms)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Form"
    ]
    assert all(isinstance(each, ast.Constant) for each in written)
    return {str(each.value) for each in written if isinstance(each, ast.Constant)}


def test_a_route_says_so_when_it_may_answer_with_a_form() -> None:
    """Where a form needs a window, only a route that says so gets one in time."""
    assert routes_of_forms("messages") == {route.name for route in ROUTER.routes if route.has_form}


def test_forms_are_written_in_messages_alone() -> None:
    assert not routes_of_forms("handlers", "training", "scheduler", "bot")


def test_the_menu_module_offers_nothing_twice() -> None:
    assert len(MENU_ROUTES) == len(set(MENU_ROUTES))
