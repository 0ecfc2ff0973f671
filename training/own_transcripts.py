"""Somebody's own record as files for themselves: made when asked for, handed out over a link, logged as an export."""

from dataclasses import dataclass

from db.records.audit import AuditDraft
from messages.words import Words
from training.asking import Question
from training.links.links import Offer
from training.links.looks import Look, LookKind, Made, offer_look
from training.permission_table import Ask
from training.permissions import may
from training.transcripts.exports import as_csv, entry_of, own_transcript
from training.transcripts.printing import as_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTranscript:
    """The link to it, how many records it holds, and the entry that says that it was made."""

    offer: Offer
    records: int
    entry: AuditDraft


def made_for(question: Question, words: Words) -> OwnTranscript | None:
    """The asker's record as it is now, to print and as a table; None where no link can be given."""
    if not question.office.links_at or not question.serves or not may(question, Ask.OWN_EXPORT):
        return None
    export = own_transcript(question, words)
    look = Look(
        kind=OWN_TRANSCRIPT.name,
        name=f"training-record-{question.asker.badge_number}",
        title=export.head[1][1],
        made=(
            Made(content=as_pdf(export, words), media_type="application/pdf"),
            Made(content=as_csv(export), media_type="text/csv"),
        ),
        fields=export.head,
    )
    offer = offer_look(question, look)
    if offer is None:
        return None
    return OwnTranscript(offer=offer, records=len(export.rows), entry=entry_of(export, words))


def _theirs(question: Question, _: Look) -> bool:
    return may(question, Ask.OWN_EXPORT)


# It holds nothing but the record of whoever the link was made for.
OWN_TRANSCRIPT = LookKind("own-transcript", may=_theirs)
