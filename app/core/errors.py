"""The error tree. Codes are stable: messages, tests and users' notes refer to them.

AnbudsklarError
├── InputError            something about a file or path given to the program
│   ├── NotFoundError           file.not_found
│   ├── PermissionDeniedError   file.permission
│   ├── EmptyFileError          file.empty
│   ├── UnsupportedFormatError  file.unsupported (old formats without LibreOffice: file.needs_converter)
│   ├── CorruptFileError        file.corrupt
│   ├── PasswordNeededError     file.password_needed
│   ├── WrongPasswordError      file.password_wrong
│   ├── UnsafeFileError         file.unsafe (entity expansion, path traversal, links)
│   ├── ClaimsError             claims.* (a claims file that is not what it should be, an unknown ground or category)
│   └── FillError               fill.*, answers.*, matrix.* (a form that cannot be filled in, answers that cannot be read)
├── LimitError            limit.pages, limit.size, limit.unpacked, limit.count, limit.depth, limit.ratio, limit.cells,
│                         limit.time, limit.memory
├── MaskingError          mask.*: something marked cannot be found or masked with certainty, so there is no masked copy
├── WorkerError           worker.crashed, worker.protocol
├── OutputError           output.unwritable, output.disk_full; annex.too_long (for a portal's field), annex.not_set
└── VaultError            something about the store of tenders; nothing in it was overwritten
    ├── WrongKeyError           vault.wrong_key (the keyring's key, the recovery code or the passphrase does not open it)
    ├── NoKeyError              vault.no_key (no usable keyring, or the keyring has lost the key)
    ├── DamagedVaultError       vault.damaged
    ├── NewerVaultError         vault.newer (written by a later version of the program)
    ├── LockedVaultError        vault.locked (another running instance has it)
    ├── NoTenderError           vault.no_tender (it was deleted meanwhile)
    ├── UndoWaitsError          vault.undo_waits (what was done last is not saved yet)
    └── VaultWriteError         vault.disk_full, vault.read_only

An error holds a code, the file it is about (its name in the package, never a temporary path), a page where there is one,
and the values its message needs: never the text of a document, never a password.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from app.core.document import Finding

__all__ = [
    "AnbudsklarError",
    "ClaimsError",
    "CorruptFileError",
    "DamagedVaultError",
    "EmptyFileError",
    "FillError",
    "InputError",
    "LimitError",
    "LockedVaultError",
    "MaskingError",
    "NewerVaultError",
    "NoKeyError",
    "NoTenderError",
    "NotFoundError",
    "OutputError",
    "PasswordNeededError",
    "PermissionDeniedError",
    "UndoWaitsError",
    "UnsafeFileError",
    "UnsupportedFormatError",
    "VaultError",
    "VaultWriteError",
    "WorkerError",
    "WrongKeyError",
    "WrongPasswordError",
]


class AnbudsklarError(Exception):
    """Root of the tree: everything that the program raises on purpose."""

    code: ClassVar[str] = "error"

    def __init__(self, file: str = "", *, code: str | None = None, page: int | None = None, **values: object) -> None:
        self.file = file
        self.page = page
        self.code_used = code or self.code
        self.values = tuple((key, str(value)) for key, value in sorted(values.items()))
        super().__init__(f"{self.code_used}: {file}" if file else self.code_used)

    def finding(self) -> Finding:
        """The error as data, to be shown or sent to another process."""
        return Finding(self.code_used, self.file, self.page, self.values)


class InputError(AnbudsklarError):
    """Something is wrong with a file or path that was given."""

    code = "file.error"


class NotFoundError(InputError):
    """There is no such file or folder."""

    code = "file.not_found"


class PermissionDeniedError(InputError):
    """The system does not let us read it."""

    code = "file.permission"


class EmptyFileError(InputError):
    """The file has no bytes, or no content at all."""

    code = "file.empty"


class UnsupportedFormatError(InputError):
    """No reader knows this format, or the reader needs a program that is not on this machine."""

    code = "file.unsupported"


class CorruptFileError(InputError):
    """The bytes are not what the format says they should be."""

    code = "file.corrupt"


class PasswordNeededError(InputError):
    """The file is encrypted and no password was given."""

    code = "file.password_needed"


class WrongPasswordError(InputError):
    """None of the given passwords opens the file."""

    code = "file.password_wrong"


class UnsafeFileError(InputError):
    """The file tries something that a document should not."""

    code = "file.unsafe"


class ClaimsError(InputError):
    """The secrecy claims are not such that anything can be made of them. `place` tells where: "claims[2].anchors[0].page".

    `more` holds further faults of the same file.
    """

    code = "claims.invalid"

    def __init__(
        self, file: str = "", *, code: str | None = None, page: int | None = None, more: Iterable[Finding] = (), **values: object
    ) -> None:
        super().__init__(file, code=code, page=page, **values)
        self.more = tuple(more)


class FillError(InputError):
    """Answers cannot be written into a form, or read back from one. `place` tells where in the answers: "answers[2].value"."""

    code = "fill.failed"

    def __init__(
        self, file: str = "", *, code: str | None = None, page: int | None = None, more: Iterable[Finding] = (), **values: object
    ) -> None:
        super().__init__(file, code=code, page=page, **values)
        self.more = tuple(more)

    @classmethod
    def told(cls, finding: Finding) -> FillError:
        """What another process said, as an error of this one."""
        error = cls(finding.file, code=finding.code, page=finding.page)
        error.values = finding.values
        return error


class LimitError(AnbudsklarError):
    """A limit of `core.limits` was passed."""

    code = "limit.size"


class MaskingError(AnbudsklarError):
    """What is marked cannot be found or masked with certainty. No masked copy of the file is made."""

    code = "mask.failed"


class WorkerError(AnbudsklarError):
    """The child process that read the file died or answered nonsense."""

    code = "worker.crashed"


class OutputError(AnbudsklarError):
    """The result could not be written."""

    code = "output.unwritable"


class VaultError(AnbudsklarError):
    """The store of tenders cannot be used as asked. What is in it stays as it is."""

    code = "vault.error"


class WrongKeyError(VaultError):
    """The key, recovery code or passphrase does not open the vault."""

    code = "vault.wrong_key"


class NoKeyError(VaultError):
    """The system has no keyring that can be trusted with a key, or it has lost ours."""

    code = "vault.no_key"


class DamagedVaultError(VaultError):
    """The file is not a vault, or its content does not pass its own checks."""

    code = "vault.damaged"


class NewerVaultError(VaultError):
    """A later version of the program has written it."""

    code = "vault.newer"


class LockedVaultError(VaultError):
    """Another running instance has it open."""

    code = "vault.locked"


class NoTenderError(VaultError):
    """The tender is not there: it was deleted."""

    code = "vault.no_tender"


class UndoWaitsError(VaultError):
    """A step can be taken back only when those after it are in the vault."""

    code = "vault.undo_waits"


class VaultWriteError(VaultError):
    """A change could not be written: the disk is full or the folder read-only."""

    code = "vault.read_only"
