"""How does a part of a workbook say that nothing more of it is read?"""

from reading.tables.codes import FileCode, TableRefusal


class RefusedError(Exception):
    """Reading stops here, for the reason that the coordinator is told."""

    def __init__(self, code: FileCode, **facts: str) -> None:
        super().__init__(code.value)
        self.refusal = TableRefusal(code, tuple(facts.items()))
