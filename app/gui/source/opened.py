"""A document that is open in a child process, as the window sees it: wishes go in, pictures and words come out as signals."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from app.core.document import Box, Document, DocumentKind, Finding
from app.core.errors import AnbudsklarError
from app.core.work import DocumentRecord
from app.gui.source.book import Book
from app.gui.source.flowtext import FlowText
from app.gui.source.wanted import QuoteWanted, SearchWanted, Tile, Wanted, WordsWanted
from app.workers.pages import PageFile, PageHit, PageReader, PageWord

__all__ = ["Drawn", "Found", "Missed", "OpenDocument", "Quoted", "Told", "Worded"]

Load = Callable[[DocumentRecord], bytes]
MakeReader = Callable[[str, bytes, str | None], PageReader]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was wanted."""

    tile: Tile
    image: QImage


@dataclass(frozen=True, slots=True)
class Missed:
    """A page that could not be drawn or read, and why."""

    page: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Worded:
    """The words of a page."""

    page: int
    words: tuple[PageWord, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Page and box of every line of a quote; none when it was not found on its page."""

    wanted: QuoteWanted
    boxes: tuple[tuple[int, Box], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Some more places where the text looked for stands. `last` says that there are no more."""

    text: str
    hits: tuple[PageHit, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A document without pages, made ready to be shown: as a book of sheets, or as text that flows."""

    document: Document
    book: Book | None = None
    text: FlowText | None = None


class OpenDocument(QObject):
    """One document. A thread of its own loads it and asks the child, one thing at a time; `wanted` says what for.

    Begins with one of `opened` and `failed`. What has no pages is told whole, by `told`.
    """

    opened = Signal(object)  # PageFile
    failed = Signal(object)  # Finding
    told = Signal(object)  # Told
    drawn = Signal(object)  # Drawn
    missed = Signal(object)  # Missed
    worded = Signal(object)  # Worded
    quoted = Signal(object)  # Quoted
    found = Signal(object)  # Found

    gone = Signal()
    """After `close`: its threads have ended. Only then may it be deleted, for a signal must not be sent by what another thread
    is deleting."""

    _answered = Signal(object)

    def __init__(
        self,
        record: DocumentRecord,
        load: Load,
        parent: QObject | None = None,
        make: MakeReader | None = None,
        passwords: tuple[str, ...] = (),
    ) -> None:
        super().__init__(parent)
        self.record = record
        self.wanted = Wanted()
        self.file: PageFile | None = None
        self.finding: Finding | None = None
        self._asker = _Asker(record, load, make or partial(PageReader, passwords=passwords), self.wanted, self._answered.emit)
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._asker.serve, name="pages", daemon=True)
        self._closer: Thread | None = None

    def start(self) -> None:
        """Begin to load and open."""
        self._thread.start()

    def close(self) -> None:
        """End the child. Nothing more is told but that it is `gone`; returns at once."""
        if self._closer is None:
            self.wanted.close()
            self._closer = Thread(target=self._end, name="pages end", daemon=True)
            self._closer.start()

    def wait(self) -> None:
        """Close, and wait until nothing of it is left: a few hundredths of a second."""
        self.close()
        if self._closer is not None:
            self._closer.join()

    def _end(self) -> None:
        """On the closer's thread."""
        self._asker.end()
        if self._thread.is_alive():
            self._thread.join()
        self._answered.emit(None)

    def _on_answered(self, answer: object) -> None:
        if answer is None:
            self.wait()  # for the closer's last breath
            self.gone.emit()
        if self.wanted.closed:
            return
        match answer:
            case PageFile():
                self.file = answer
                self.opened.emit(answer)
            case Told():
                self.told.emit(answer)
            case Finding():
                self.finding = answer
                self.failed.emit(answer)
            case Drawn():
                self.drawn.emit(answer)
            case Missed():
                self.missed.emit(answer)
            case Worded():
                self.worded.emit(answer)
            case Quoted():
                self.quoted.emit(answer)
            case Found():
                self.found.emit(answer)


class _Asker:
    """What the thread does. It knows no widget, and must not keep the QObject alive."""

    def __init__(
        self, record: DocumentRecord, load: Load, make: MakeReader, wanted: Wanted, tell: Callable[[object], None]
    ) -> None:
        self._record = record
        self._load = load
        self._make = make
        self._wanted = wanted
        self._tell = tell
        self._reader: PageReader | None = None

    def serve(self) -> None:
        """Load, open, and ask until nothing more is wanted."""
        try:
            with suppress(RuntimeError):  # the window's end of it is gone
                if self._open():
                    self._ask()
        finally:
            self.end()

    def end(self) -> None:
        """End the child, whatever it is doing. On any thread but the main one."""
        if self._reader is not None:
            self._reader.close()

    def _open(self) -> bool:
        """Whether there is something to ask for."""
        name = self._record.summary.name
        try:
            data = self._load(self._record)
            name = _file_name(self._record)
            reader = self._reader = self._make(name, data, self._record.member)
            if self._wanted.closed:
                return False
            file = reader.open()
            self._wanted.set_pages(len(file.sizes))
            self._tell(file)
            if not file.sizes:
                self._tell(_told(reader.document(), file.kind))
        except AnbudsklarError as error:
            self._tell(error.finding())
            return False
        except Exception as error:  # noqa: BLE001 - told on the page, whatever it is
            self._tell(_unforeseen(name, error))
            return False
        return bool(file.sizes)

    def _ask(self) -> None:
        reader = self._reader
        while reader is not None and (want := self._wanted.next()) is not None:
            try:
                answer = self._brought(reader, want)
            except AnbudsklarError as error:
                self._missed(want, error.finding())
            except Exception as error:  # noqa: BLE001 - no shared memory, no process: the page says so and can be asked for again
                self._missed(want, _unforeseen(self._record.summary.name, error))
            else:
                self._tell(answer)

    def _brought(self, reader: PageReader, want: object) -> object:
        """What was wanted. A child that is found dead may have died of something else, so it is asked once more."""
        try:
            return _brought(reader, want)
        except AnbudsklarError as error:
            if error.code_used != "worker.crashed" or self._wanted.closed:
                raise
            return _brought(reader, want)

    def _missed(self, want: object, finding: Finding) -> None:
        if self._wanted.closed:
            return
        match want:
            case SearchWanted(text, _, _, last):
                self._tell(Found(text, (), last))
            case Tile(page):
                self._wanted.failed(page)
                self._tell(Missed(page, finding))
            case WordsWanted(page):  # the page can be shown, without text to mark
                self._tell(Worded(page, ()))
            case QuoteWanted():
                self._tell(Quoted(want, ()))


def _brought(reader: PageReader, want: Any) -> object:
    match want:
        case Tile():
            part = (want.left, want.top, want.width, want.height)
            data = reader.picture(want.page, want.whole, want.high, part)
            image = QImage(data, want.width, want.height, want.width * 4, QImage.Format.Format_RGB32)
            return Drawn(want, image.copy())  # on this thread: what belongs to Python must not be drawn from
        case WordsWanted():
            return Worded(want.page, reader.words(want.page))
        case QuoteWanted():
            return Quoted(want, reader.quote(want.page, want.quote))
        case _:
            return Found(want.text, reader.find(want.text, want.first, want.until), want.last)


def _unforeseen(name: str, error: Exception) -> Finding:
    return Finding("worker.failed", name, None, (("error", type(error).__name__),))


def _told(document: Document, kind: DocumentKind) -> Told:
    """Made ready on this thread: there may be a million cells."""
    if document.sheets or kind is DocumentKind.XLSX:
        return Told(document, book=Book(document))
    return Told(document, text=FlowText(document))


def _file_name(record: DocumentRecord) -> str:
    """The name of the file that was dropped: that of the document without the path inside it."""
    name, member = record.summary.name, record.member
    return name.removesuffix(f"/{member}") if member is not None else name
