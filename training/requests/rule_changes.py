"""How do an agency's rules of requests change? Somebody proposes a whole version with a reason, and it holds once a
second person has confirmed it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from db.queries import request_rules
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Role
from db.records.requests import RequestRules, RequestRulesDecision, RequestRulesWord
from db.unit_of_work import Writer
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.requests.rules import RequestRulesVersion, rules_from, rules_of, shipped
from training.sealed.sealing import keep_text
from training.second_person import first_word, holds

Does = Callable[[Writer], Iterable[AuditDraft]]
# Who may be the second person, and who may propose.
SECONDS = (Role.COORDINATOR, Role.COMMAND, Role.RECORDS)
PROPOSERS = (*SECONDS, Role.ADMINISTRATOR)


def every_version(conn: Connection, agency_id: AgencyId) -> tuple[RequestRulesVersion, ...]:
    """Every version that was ever proposed here, the shipped one first."""
    return (shipped(), *(rules_of(each) for each in request_rules.versions(conn, agency_id)))


def waiting(conn: Connection, agency_id: AgencyId) -> RequestRulesVersion | None:
    """What was proposed and waits for a second person."""
    return next((each for each in every_version(conn, agency_id) if not each.is_decided), None)


def next_version(conn: Connection, agency_id: AgencyId) -> int:
    """The number that the next proposal has."""
    return request_rules.next_version(conn, agency_id)


def is_own(question: Question, rules: RequestRulesVersion) -> bool:
    """Whether the asker proposed this version."""
    return rules.state is not None and rules.state.kept.recorded_by == question.asker.person_id


def proposes(question: Question, written: Mapping[str, Any], reason: str) -> Does:
    """A version that a second person may confirm. OvertakenError while another one waits."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        holds(question, PROPOSERS)
        if waiting(writer.conn, writer.agency_id) is not None:
            raise OvertakenError
        version = next_version(writer.conn, writer.agency_id)
        # Rules that cannot be read would leave every request without a way.
        rules_from(written, version=version)
        asker = question.asker.person_id
        item_id = keep_text(writer, question.office.keys, asker, reason)
        writer.record(RequestRules(version=version, rules=written, item_id=item_id))
        yield AuditDraft(
            tag=AuditTag.REQUEST_RULES_PROPOSED, subject_id=asker, data={"version": version, **written}
        )

    return does


def decides(question: Question, rules: RequestRulesVersion, word: RequestRulesWord) -> Does:
    """A second person confirms or refuses it, or whoever proposed it takes it back. The first word stands."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        now = waiting(writer.conn, writer.agency_id)
        if rules.state is None or now is None:
            raise OvertakenError
        confirms = word is RequestRulesWord.CONFIRMED
        first_word(
            question,
            own=is_own(question, rules),
            open_still=now.version == rules.version,
            confirms=confirms,
            proposers=PROPOSERS,
            seconds=SECONDS,
        )
        proposed_by = rules.state.kept.recorded_by or 0
        writer.record(
            RequestRulesDecision(
                rules_id=rules.state.kept.id,
                word=word,
                proposed_by=proposed_by,
                decided_by=question.asker.person_id,
            )
        )
        yield AuditDraft(
            tag=AuditTag.REQUEST_RULES_CONFIRMED if confirms else AuditTag.REQUEST_RULES_REFUSED,
            subject_id=proposed_by,
            data={"version": rules.version, "proposed_by": proposed_by},
        )

    return does
