"""Examples of what is said when there is no answer."""

from collections.abc import Callable, Mapping

from messages import trouble
from messages.model import Message
from messages.replies import Reply
from messages.words import Words
from tests.unit.ticket_cast import OPENED

EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    "not-understood": lambda words: trouble.not_understood(
        trouble.NotUnderstoodFacts(coordinator="P. Nair", suggestion=Reply.DEADLINES), words
    ),
    "not-understood-twice": lambda words: trouble.not_understood(
        trouble.NotUnderstoodFacts(coordinator="P. Nair", failures=2), words
    ),
    "not-yet-available": lambda words: trouble.not_yet_available(
        trouble.NotYetAvailableFacts(trouble.Later.EXPENSE, "P. Nair"), words
    ),
    "out-of-scope": lambda words: trouble.out_of_scope(trouble.OutOfScopeFacts(), words),
    "access-ended": lambda words: trouble.access_ended(trouble.UnknownSenderFacts("Lakemont PD"), words),
    "unknown-sender": lambda words: trouble.unknown_sender(trouble.UnknownSenderFacts("Lakemont PD"), words),
    "broken": lambda words: trouble.broken(
        trouble.BrokenFacts(reference="E-4711", coordinator="P. Nair"), words
    ),
    "emergency": lambda words: trouble.emergency(trouble.EmergencyFacts("call 555-0100"), words),
    "emergency-distress": lambda words: trouble.distress(
        trouble.DistressFacts(coordinator="P. Nair", peer_support="call 555-0100"), words
    ),
    "out-of-scope-abuse": lambda words: trouble.out_of_scope(
        trouble.OutOfScopeFacts(trouble.OutOfScope.ABUSE, "P. Nair"), words
    ),
    "not-yet-available-opened": lambda words: trouble.not_yet_available(
        trouble.NotYetAvailableFacts(trouble.Later.DISPUTE, "P. Nair", OPENED), words
    ),
    **{
        f"not-yet-available-{feature.value}{'-desk' if at_desk else ''}": (
            lambda words, feature=feature, at_desk=at_desk: trouble.not_yet_available(  # type: ignore[misc]  # a lambda with a default has no type of its own
                trouble.NotYetAvailableFacts(feature, "P. Nair", at_desk=at_desk), words
            )
        )
        for feature in trouble.Later
        for at_desk in (False, True)
    },
    "unasked": lambda words: trouble.unasked(trouble.UnaskedFacts(), words),
    "unasked-decides": lambda words: trouble.unasked(trouble.UnaskedFacts(decides=True), words),
}
