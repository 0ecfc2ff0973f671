"""Why did somebody do it, in their own words? Shown to whoever may see what was done, while the words are there."""

from collections.abc import Iterable, Mapping

from db.keys import cipher
from db.queries import content
from training.asking import Question
from training.content.keeping import as_text, place


def reasons(question: Question, item_ids: Iterable[int]) -> Mapping[int, str]:
    """The words of these items, without those that are set aside or disposed of. Who may read them is decided by the
    caller, before asking."""
    wanted = sorted(set(item_ids))
    found = [content.item(question.conn, question.agency_id, each) for each in wanted]
    shown = {each.id: each.ref for each in found if each is not None and not each.set_aside and not each.gone}
    keys = question.office.keys.keys_of(sorted(shown.values())) if shown else {}
    said = {}
    for item_id, ref in shown.items():
        closed = content.ciphertext(question.conn, question.agency_id, item_id)
        if closed is not None and ref in keys:
            said[item_id] = as_text(cipher.unseal(keys[ref], closed, place(question.agency_id, ref)))
    return said
