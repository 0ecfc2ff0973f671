"""What does an app's answer to a press do in Teams: is it of the documented shape, and who sees what of it?"""

import copy
from dataclasses import replace
from typing import Any, NoReturn

from tests.fakes.teams import checks
from tests.fakes.teams.delivery import TIMED_OUT, Answer
from tests.fakes.teams.errors import ConnectorError
from tests.fakes.teams.limits import STRICT, measured
from tests.fakes.teams.shapes import CARD
from tests.fakes.teams.world import Dialog, Message, Person, World

Json = dict[str, Any]

MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
WENT_WRONG = "Something went wrong. Please try again."
NOT_REACHED = "Unable to reach app. Please try again."
SIZES = ("small", "medium", "large")
LARGEST_DIALOG = 80 * 1024
DIALOG_FIELDS = {"title", "height", "width", "card"}


class AnswerError(Exception):
    """What Teams cannot use, in words for whoever builds the app."""


def _refuse(reason: str) -> NoReturn:
    raise AnswerError(reason)


def _need(fine: bool, reason: str) -> None:
    if not fine:
        raise AnswerError(reason)


def _body(answer: Answer) -> Json:
    _need(answer.status == 200, f"an invoke is answered with 200, not {answer.status}")
    kind = answer.headers.get("content-type", "")
    _need(
        not answer.body or kind.startswith("application/json"), f"an invoke is answered with JSON, not {kind}"
    )
    try:
        told = answer.json()
    except ValueError:
        raise AnswerError("the answer is no JSON") from None
    _need(told is None or isinstance(told, dict), "the answer is no object")
    return told or {}


def _card(given: Any, *, in_dialog: bool = False) -> Json:
    try:
        checks.card(given, in_dialog=in_dialog)
    except ConnectorError as error:
        raise AnswerError(error.reason) from error
    most = LARGEST_DIALOG if in_dialog else STRICT
    _need(measured(given) <= most, f"a card of {measured(given)} bytes")
    return copy.deepcopy(dict(given))


def _unreached(world: World, person: Person, answer: Answer) -> Answer | None:
    """What becomes of an answer that never came or is a failure."""
    if not answer.failure:
        return None
    world.notice(person, NOT_REACHED if answer.failure == TIMED_OUT or not answer.status else WENT_WRONG)
    return replace(answer, trouble=answer.failure)


def after_execute(world: World, person: Person, said: Message, answer: Answer) -> Answer:
    """The answer to ``adaptiveCard/action``: another card or a few words, for the presser alone."""
    if unreached := _unreached(world, person, answer):
        return unreached
    try:
        told = _body(answer)
        _need(
            set(told) == {"statusCode", "type", "value"}, f"not statusCode, type and value but {sorted(told)}"
        )
        match told["statusCode"], told["type"]:
            case 200, kind if kind == CARD:
                said.own_cards[person.id] = _card(told["value"])
            case 200, kind if kind == MESSAGE:
                _need(isinstance(told["value"], str) and bool(told["value"].strip()), "the words are no text")
                world.notice(person, told["value"])
            case ((400 | 500), kind) if kind == ERROR:
                value = told["value"]
                fine = isinstance(value, dict) and all(
                    isinstance(value.get(x), str) for x in ("code", "message")
                )
                _need(fine, "an error has a code and a message")
                _refuse(f"the app says {value['code']}: {value['message']}")
            case status, kind:
                _refuse(f"no answer of status {status} has the type {kind}")
    except AnswerError as error:
        world.notice(person, WENT_WRONG)
        return replace(answer, trouble=str(error))
    return answer


def after_fetch(world: World, person: Person, said: Message, answer: Answer) -> Answer:
    """The answer to ``task/fetch``: a dialog, or a few words."""
    return _task(world, person, said, answer, submitted=False)


def after_submit(world: World, person: Person, said: Message | None, answer: Answer) -> Answer:
    """The answer to ``task/submit``: nothing closes the dialog, a task takes its place."""
    return _task(world, person, said, answer, submitted=True)


def _task(world: World, person: Person, said: Message | None, answer: Answer, *, submitted: bool) -> Answer:
    if unreached := _unreached(world, person, answer):
        return unreached
    try:
        told = _body(answer)
        if submitted and not told:
            world.dialogs.pop(person.id, None)
            return answer
        _need(set(told) == {"task"} and isinstance(told["task"], dict), f"not a task but {sorted(told)}")
        task = told["task"]
        _need(set(task) == {"type", "value"}, f"a task has a type and a value, not {sorted(task)}")
        match task["type"]:
            case "continue":
                world.dialogs[person.id] = _dialog(task["value"], said)
            case "message":
                words = task["value"]
                _need(isinstance(words, str) and bool(words.strip()), "the words are no text")
                world.dialogs.pop(person.id, None)
                world.notice(person, words)
            case other:
                _refuse(f"no task is of type {other!r}")
    except AnswerError as error:
        world.notice(person, WENT_WRONG)
        return replace(answer, trouble=str(error))
    return answer


def _dialog(given: Any, said: Message | None) -> Dialog:
    _need(isinstance(given, dict), "the value of a task is no object")
    _need(set(given) <= DIALOG_FIELDS, f"a dialog has no {sorted(set(given) - DIALOG_FIELDS)}")
    title = given.get("title")
    _need(isinstance(title, str) and bool(title.strip()), "a dialog has a title")
    for name in ("height", "width"):
        size = given.get(name, "medium")
        _need(size in SIZES or (type(size) is int and size > 0), f"{name} is neither pixels nor {SIZES}")
    card = given.get("card")
    _need(
        isinstance(card, dict) and set(card) == {"contentType", "content"}, "a dialog holds an attached card"
    )
    _need(card["contentType"] == CARD, f"no dialog shows {card['contentType']}")
    return Dialog(title, _card(card["content"], in_dialog=True), said)


def delivered(answer: Answer) -> Answer:
    """The answer to anything that is no invoke: a success without more."""
    return replace(answer, trouble=answer.failure) if answer.failure else answer
