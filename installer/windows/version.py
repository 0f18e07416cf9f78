"""The version that Windows shows of an executable, in the form that PyInstaller reads."""

from __future__ import annotations

import re

__all__ = ["version_file"]

_FILE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0),
  kids=[
    StringFileInfo([
      StringTable('041D04B0', [
        StringStruct('CompanyName', 'Anbudsklar'),
        StringStruct('FileDescription', 'Anbudsklar'),
        StringStruct('FileVersion', '{version}'),
        StringStruct('InternalName', 'Anbudsklar'),
        StringStruct('LegalCopyright', 'MIT'),
        StringStruct('OriginalFilename', 'Anbudsklar.exe'),
        StringStruct('ProductName', 'Anbudsklar'),
        StringStruct('ProductVersion', '{version}'),
      ]),
    ]),
    VarFileInfo([VarStruct('Translation', [0x041D, 0x04B0])]),
  ],
)
"""


def version_file(version: str) -> str:
    """The file's text. Windows knows four numbers: what is not a number in the version is only in its words."""
    numbers = [int(number) for number in re.findall(r"\d+", version)[:4]]
    return _FILE.format(version=version, numbers=tuple(numbers + [0] * (4 - len(numbers))))
