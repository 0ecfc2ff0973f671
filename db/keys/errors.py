"""What can go wrong with the keys: one class for each situation, with what to do about it."""


class KeyStoreError(Exception):
    """Base of everything the key store refuses."""


class MasterKeyMissingError(KeyStoreError):
    """There are item keys and no master key to open them with. Put the master key back where it was."""


class MasterKeyWrongError(KeyStoreError):
    """The master key is not the one that the item keys were wrapped under. Give the one that was in use."""


class NextMasterKeyMissingError(KeyStoreError):
    """The master key is given from outside, so only whoever gives it can give the next one."""


class UnreadableItemError(KeyStoreError):
    """The key does not open what it was kept for: ciphertext, key or place is another one. Look at the integrity
    check."""
