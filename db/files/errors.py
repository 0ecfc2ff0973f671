"""What can go wrong with kept files: one class for each situation, with what to do about it."""


class FileStoreError(Exception):
    """Base of everything the file store refuses."""


class FilesAwayError(FileStoreError):
    """The place where files are kept does not answer, or takes nothing. Look at ``rollcall doctor``."""


class FileMissingError(FileStoreError):
    """There is no object of this name. Put it back from a backup."""


class FileChangedError(FileStoreError):
    """The object is not what its name says. Put it back from a backup."""
