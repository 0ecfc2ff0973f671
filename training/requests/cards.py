"""How does whoever decides get the request before them? Planned for them in the transaction that sends it."""

from db.records.requests import KeptRequest
from db.unit_of_work import Writer
from messages.words import Words
from training.asking import Question
from training.requests.life import Life


def ask(writer: Writer, question: Question, request: KeptRequest, life: Life, words: Words) -> None:
    """The card for whoever decides the step that waits now."""
