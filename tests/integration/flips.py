"""What becomes of a flipped byte? Each in a copy of its own, with what the check said of it and whether anything that
is read had changed."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from db.engine import make_engine
from db.integrity import check_integrity
from db.kept_rows import Row, bytes_that_are_no_text, kept_rows
from db.tables import metadata
from db.unit_of_work import reading
from tests.fakes.statements import compiled_once
from tests.integration.sqlite_places import Place


@dataclass(frozen=True, slots=True)
class Flip:
    """One bit of one byte, and what the check said: None when the file could not even be opened."""

    kind: Place
    at: int
    bit: int
    codes: tuple[str, ...] | None
    same: bool  # nothing that can be read had changed

    @property
    def unnoticed(self) -> bool:
        """Whether nobody would have known."""
        return self.codes == ()


def content(engine: Engine) -> dict[str, list[Row]]:
    """Everything that can be read, work state included."""
    with reading(engine) as conn, bytes_that_are_no_text(conn):
        return {table.name: list(kept_rows(conn, table)) for table in metadata.sorted_tables}


def flips(file: Path, chosen: Sequence[tuple[Place, int]], chance: random.Random) -> Iterator[Flip]:
    """Each of these bytes flipped in a copy of its own."""
    whole = file.read_bytes()
    engine = compiled_once(make_engine(f"sqlite:///{file}"))
    kept = content(engine)
    engine.dispose()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite"
        for kind, at in chosen:
            bit = chance.randrange(8)
            copy.write_bytes(whole[:at] + bytes((whole[at] ^ 1 << bit,)) + whole[at + 1 :])
            codes, same = _looked_at(copy, kept)
            yield Flip(kind, at, bit, codes, same)


def _looked_at(copy: Path, kept: dict[str, list[Row]]) -> tuple[tuple[str, ...] | None, bool]:
    engine = compiled_once(make_engine(f"sqlite:///{copy}"))
    try:
        codes = tuple(finding.code for finding in check_integrity(engine))
        return codes, bool(codes) or content(engine) == kept
    except DatabaseError:
        # The command says in a sentence of its own that this is no database.
        return None, True
    finally:
        engine.dispose()
        for each in copy.parent.iterdir():
            each.unlink()
