"""What is wrong with an entered form? One plain sentence beside each field that needs another try."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from messages import wording
from messages.clauses import Clause, shortened
from messages.model import ChoiceField, DateField, Field, Form, NumberField
from messages.words import Words

# As much of an entry as is said back: enough to know it again.
ENTRY_ROOM = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """Why a field needs another try: the code of ``field-error-<code>``, what was entered, the bound it passed."""

    code: str
    written: str = ""
    limit: Decimal | date | None = None


def with_errors(form: Form, errors: Mapping[str, FieldError], words: Words) -> Form:
    """The same form with a sentence beside each field named in ``errors``, and what was written kept in it."""
    return replace(
        form,
        fields=tuple(
            _with_error(field, errors[field.name], words) if field.name in errors else field
            for field in form.fields
        ),
    )


def _with_error(field: Field, error: FieldError, words: Words) -> Field:
    sentence = _sentence(error, isinstance(field, ChoiceField), words)
    if isinstance(field, (NumberField, DateField)) and field.value is None:
        return replace(field, error=sentence, entered=error.written)
    return replace(field, error=sentence)


def errors_lead(form: Form, words: Words) -> str:
    """``2 fields need another look. Nothing was written.``"""
    return words.say_many("form-errors", len(form.errors))


def error_clauses(form: Form, words: Words, priority: int) -> tuple[Clause, ...]:
    """The sentences with the names of their fields, for a text."""
    return tuple(
        Clause(words.say("form-error-line", label=field.label, error=field.error), priority)
        for field in form.fields
        if field.error
    )


def _sentence(error: FieldError, is_choice: bool, words: Words) -> str:
    code = error.code
    if is_choice and code == "empty":
        code = "nothing-chosen"
    known = {
        "written": shortened(wording.echoed(error.written), ENTRY_ROOM),
        "limit": _limit(error.limit, words),
    }
    named = words.sentence(f"field-error-{code}").facts
    return words.say(f"field-error-{code}", **{name: known[name] for name in sorted(named)})


def _limit(limit: Decimal | date | None, words: Words) -> str:
    match limit:
        case Decimal():
            return wording.number(limit)
        case date():
            return wording.day_with_year(limit, words)
        case None:
            return ""
