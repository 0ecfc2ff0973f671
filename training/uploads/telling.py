"""How does the sender of an upload hear what became of it? Where the file was sent, by the ledger, once."""

from db.records.ledger import Destination, Occasion
from db.records.uploads import Upload
from db.unit_of_work import Writer
from messages.model import Message
from training.ledger.saying import ToSay, plan
from training.office import Office, shared_now


def tell_sender(
    writer: Writer,
    office: Office,
    upload: Upload,
    message: Message,
    step: str,
    *,
    kept: Message | None = None,
    own_question: bool = False,
) -> None:
    """Said once for this step. A door that carries nothing shows it when its sender next looks."""
    if not upload.address:
        return
    route = Destination(
        channel=upload.channel,
        address=upload.address,
        place=upload.place,
        thread=upload.thread,
        account=upload.account,
    )
    to_say = ToSay(
        person_id=upload.person_id,
        message=message,
        kept=kept,
        routes=(route,),
        about=f"upload {upload.number}",
        own_question=own_question,
        occasion=Occasion(
            agency_id=writer.agency_id, person_id=upload.person_id, subject="upload-own", step=step
        ),
    )
    plan(writer, office.keys, to_say, now=shared_now(office, writer.conn))
