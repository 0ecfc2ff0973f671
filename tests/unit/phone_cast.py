"""Examples of what is said about codes that go by e-mail."""

from collections.abc import Callable

from messages import phones
from messages.model import Message
from messages.words import Words

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "phone-code-letter": lambda words: phones.phone_code_letter(
        phones.CodeFacts(agency="Lakemont PD", code="48291736", number="+16125550100", minutes=10), words
    ),
    "phone-code-letter-service": lambda words: phones.phone_code_letter(
        phones.CodeFacts(agency="Lakemont PD", code="48291736", number="", minutes=10), words
    ),
    "phone-code-mailed": lambda words: phones.phone_code_mailed(
        phones.MailedFacts("Officer Ruiz", minutes=10), words
    ),
    "phone-code-not-mailed-off": lambda words: phones.phone_code_mailed(
        phones.MailedFacts("Officer Ruiz", minutes=10, why_not="off"), words
    ),
    "phone-code-not-mailed-no-address": lambda words: phones.phone_code_mailed(
        phones.MailedFacts("Officer Ruiz", minutes=10, why_not="no-address"), words
    ),
    "phone-code-not-mailed-too-often": lambda words: phones.phone_code_mailed(
        phones.MailedFacts("Officer Ruiz", minutes=10, why_not="too-often"), words
    ),
    "code-asked": lambda words: phones.code_asked("Lakemont PD", 10, words),
}
