"""What can be wrong with a pack or a case, said so that the person who wrote it can mend it."""


class PackError(Exception):
    """A pack was refused. ``found`` is what stands at ``file``:``line``; ``expected`` is what may stand there."""

    def __init__(self, file: str, line: int, expected: str, found: str) -> None:
        super().__init__(f"{file}:{line}: expected {expected}, found {found}")
        self.file = file
        self.line = line
        self.expected = expected
        self.found = found


class UnknownPackError(LookupError):
    """No pack is held under this name; the message lists the ones that are."""

    def __init__(self, name: str, held: tuple[str, ...]) -> None:
        super().__init__(f"no pack {name!r}; held: {', '.join(held)}")
        self.name = name
        self.held = held


class CaseError(Exception):
    """A fact or record given to the evaluator cannot be read. ``where`` is its place in the input."""

    def __init__(self, where: str, expected: str, found: str) -> None:
        super().__init__(f"{where}: expected {expected}, found {found}")
        self.where = where
        self.expected = expected
        self.found = found
