"""An item in words: what is known of it, what is wrong, where it stands and why it is on the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath

from app.checklist.planning import day_of, lead_days
from app.core.catalogue import plain
from app.core.clock import day_in_sweden
from app.core.document import AnswerType, Place
from app.core.points import PointKind, Source
from app.core.work import DocumentRecord, ItemState, WorkItem
from app.gui.checklist.entries import Entry
from app.gui.checklist.limits import Unit, limits_of, used
from app.gui.checklist.rows import Grouping, Header
from app.gui.messages import language, tr

__all__ = [
    "Wording",
    "counted",
    "cue_words",
    "day_words",
    "difference",
    "fault",
    "figure",
    "kind_word",
    "one_line",
    "place_words",
    "state_word",
    "weekday_words",
]

_SHORT = 60
_WHOLE = 600
"""Characters of a sentence that is told in full."""


def kind_word(kind: PointKind) -> str:
    """What a kind of item is called on its tag."""
    match kind:
        case PointKind.QUESTION:
            return tr("checklist.kind_question")
        case PointKind.ATTACHMENT:
            return tr("checklist.kind_attachment")
        case PointKind.REQUIREMENT:
            return tr("checklist.kind_requirement")
        case PointKind.CRITERION:
            return tr("checklist.kind_criterion")
        case PointKind.DEADLINE:
            return tr("checklist.kind_deadline")
        case PointKind.CONTRACT:
            return tr("checklist.kind_contract")


def state_word(state: ItemState) -> str:
    """What a state is called."""
    match state:
        case ItemState.OPEN:
            return tr("checklist.state_open")
        case ItemState.DONE:
            return tr("checklist.state_done")
        case ItemState.REJECTED:
            return tr("checklist.state_rejected")


def one_line(text: str, most: int = 400) -> str:
    """The beginning of a text, without line breaks and what else cannot be shown: texts come from foreign files."""
    line = " ".join(plain(text[: most * 2]).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def figure(number: float) -> str:
    """A count with gaps between thousands: 4 000. Halves as the language writes them: 1,5."""
    words = f"{number:,}".replace(",", "\u00a0")
    return words.replace(".", ",") if language() == "sv" else words


def day_words(day: date, today: date) -> str:
    """A day as one says it: "27 nov", with the year when it is another."""
    month = tr("checklist.months").split()[day.month - 1]
    return f"{day.day} {month}" if day.year == today.year else f"{day.day} {month} {day.year}"


def weekday_words(day: date, today: date) -> str:
    """A day with its weekday: "fre 27 nov"."""
    names = tr("checklist.weekdays").split()
    return f"{names[day.weekday()]} {day_words(day, today)}"


def place_words(place: Place) -> str:
    """Page, sheet and cell or paragraph; empty when the format has none of them."""
    if place.sheet and place.cell:
        return tr("checklist.at_cell", sheet=one_line(place.sheet, 40), cell=place.cell.replace("$", ""))
    if place.sheet or place.cell:
        return one_line(place.sheet or place.cell or "", 40)
    if place.page is not None:
        return tr("checklist.at_page", page=place.page)
    return tr("checklist.at_paragraph", paragraph=place.paragraph + 1) if place.paragraph is not None else ""


def cue_words(cues: Iterable[str]) -> tuple[str, ...]:
    """Why the item is on the list: the families of the rules that took it, in words, each once."""
    return tuple(dict.fromkeys(_cue(cue) for cue in cues))


def _cue(cue: str) -> str:
    family = cue.partition(".")[0]
    match family:
        case "slot" if "yes_no" in cue or "choice" in cue or "checkbox" in cue:
            return tr("checklist.cue_choice")
        case "slot" if "price" in cue:
            return tr("checklist.cue_price")
        case "slot" if "file" in cue or "attach" in cue or "document" in cue:
            return tr("checklist.cue_file")
        case "slot":
            return tr("checklist.cue_slot")
        case "must" | "specified":
            return tr("checklist.cue_must")
        case "duty" | "given":
            return tr("checklist.cue_duty")
        case "should":
            return tr("checklist.cue_should")
        case "evaluated":
            return tr("checklist.cue_evaluated")
        case "reject":
            return tr("checklist.cue_reject")
        case "attach":
            return tr("checklist.cue_attach")
        case "later" | "contract":
            return tr("checklist.cue_later")
        case "deadline":
            return tr("checklist.cue_deadline")
        case "imperative" | "asked":
            return tr("checklist.cue_asked")
        case "list":
            return tr("checklist.cue_list")
        case "table":
            return tr("checklist.cue_table")
        case "redirect":
            return tr("checklist.cue_form")
        case "user":
            return tr("checklist.cue_user")
        case _:
            return tr("checklist.cue_rule", rule=cue)


def fault(work: WorkItem, today: date) -> str:
    """What is wrong with what is known so far, or nothing."""
    item = work.item
    if work.state is ItemState.REJECTED or item.kind is PointKind.CONTRACT:
        return ""
    required = item.answer.required
    if required and work.answer and work.answer.strip().casefold() != required.strip().casefold():
        return tr("checklist.fault_required", answer=one_line(required, 30))
    if work.answer and item.answer.limit:
        for limit in limits_of(item.answer.limit):
            if used(work.answer, limit.unit) > limit.most:
                return tr("checklist.fault_long", limit=one_line(item.answer.limit, 40))
    if work.state is ItemState.OPEN and work.due:
        due = day_of(work.due)
        if due is not None and due < today:
            return tr("checklist.fault_late", day=day_words(due, today))
    return ""


def difference(work: WorkItem) -> str:
    """What the documents say, or said until they were changed, where that is not what the item shows: a line each."""
    lines = []
    if work.withdrawn:
        lines.append(tr("checklist.withdrawn_long"))
    if work.changed and work.was is not None and work.was.text != (work.found or work.item).text:
        lines.append(tr("checklist.was", text=one_line(work.was.text, _WHOLE)))
    if work.found is not None and work.found.text != work.item.text:
        lines.append(tr("checklist.found_as", text=one_line(work.found.text, _WHOLE)))
    return "\n".join(lines)


class Wording:
    """Words that need to know the tender: the names of its documents, and what day it is."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._today: date | None = None
        self.deadline: date | None = None
        self.plan_days = 0

    @property
    def today(self) -> date:
        """The day, as it is now: the window may stand open over midnight."""
        return self._today or day_in_sweden()

    @today.setter
    def today(self, day: date) -> None:
        self._today = day

    def set_documents(self, documents: Iterable[DocumentRecord]) -> None:
        """The tender's documents."""
        self._names = {record.summary.id: record.summary.name for record in documents}

    def set_deadline(self, text: str | None) -> None:
        """The tender's last day, as `Tender.tender_deadline` has it."""
        self.deadline = day_of(text)

    def lead_days(self, kind: PointKind) -> int:
        """How many working days before the last day an item of a kind should be ready, with the user's own margin."""
        return lead_days(kind, self.plan_days)

    def document(self, document: str) -> str:
        """A document's own name, without the archive or folder it came in."""
        name = self._names.get(document, document)
        return one_line(name.replace("\\", "/").rpartition("/")[2] or name, 80)

    def where(self, source: Source) -> str:
        """Document and place: "Anbudsinbjudan.pdf s. 14"."""
        return " ".join(part for part in (self.document(source.document), place_words(source.place)) if part)

    def known(self, entry: Entry) -> str:
        """The grey line of a row: answer, files, who and when, what nobody has looked at, the condition. Faults come first."""
        work, item = entry.work, entry.work.item
        if work.state is ItemState.REJECTED:
            rejected = tr("checklist.rejected_because", reason=one_line(work.reason or tr("checklist.no_reason"), 120))
            return f"{tr('checklist.is_changed')} · {rejected}" if work.changed else rejected
        parts = [*self._answered(entry)]
        if work.owner:
            alone = work.state is ItemState.OPEN and not work.answer and not entry.links
            parts.append(tr("checklist.owner_is", owner=work.owner) if alone else work.owner)
        due = day_of(work.due)
        if due is not None and due >= self.today and work.state is ItemState.OPEN:
            parts.append(tr("checklist.ready_by", day=day_words(due, self.today)))
        if not work.reviewed and work.state is ItemState.OPEN:
            parts.append(tr("checklist.not_reviewed"))
        if item.when:
            parts.append(one_line(item.when, _SHORT))
        if work.withdrawn:
            parts.insert(0, tr("checklist.is_withdrawn"))
        elif work.changed:
            parts.insert(0, tr("checklist.is_changed"))
        return " · ".join(part for part in parts if part) or state_word(work.state)

    def _answered(self, entry: Entry) -> Iterable[str]:
        work, answer = entry.work, entry.work.item.answer
        if work.answer:
            units = [limit for limit in limits_of(answer.limit) if limit.unit is not Unit.PAGES] if answer.limit else []
            if units:
                yield counted(used(work.answer, units[0].unit), units[0].most, units[0].unit)
            else:
                yield one_line(work.answer, _SHORT)
        if len(entry.links) == 1:
            yield one_line(PurePath(entry.links[0].path).name, _SHORT)
        elif entry.links:
            yield tr("checklist.files", count=len(entry.links))
        elif work.state is ItemState.OPEN and (answer.type is AnswerType.FILE or work.item.kind is PointKind.ATTACHMENT):
            yield tr("checklist.file_missing")
        elif not work.answer and work.state is ItemState.OPEN and answer.type is not AnswerType.NONE:
            yield tr("checklist.answer_missing")

    def group(self, header: Header) -> str:
        """A group's title."""
        group = header.group
        match header.grouping:
            case Grouping.SECTION:
                return one_line(group[-1], 120) if len(group) > 1 else tr("checklist.no_heading")
            case Grouping.DOCUMENT:
                return self.document(group[0])
            case Grouping.KIND:
                return kind_word(PointKind(group[0]))
            case Grouping.OWNER:
                return header.spelled if group else tr("checklist.no_owner")
            case Grouping.STATE:
                return state_word(ItemState(group[0]))
            case Grouping.NONE:
                return ""

    def group_detail(self, header: Header) -> str:
        """Where the group stands, when there is more than one document."""
        if header.grouping is Grouping.SECTION and len(self._names) > 1:
            return self.document(header.group[0])
        return ""

    def group_count(self, header: Header) -> str:
        """How far the group has come: "5 av 6"."""
        return tr("checklist.of", done=figure(header.done), total=figure(header.total)) if header.total else ""

    def spoken_group(self, header: Header) -> str:
        """A header for a screen reader."""
        parts = (self.group(header), self.group_detail(header), self.group_count(header))
        return ", ".join(part for part in parts if part)

    def spoken(self, entry: Entry) -> str:
        """A row for a screen reader: state first, as the eye meets it."""
        work, item = entry.work, entry.work.item
        must = tr("checklist.must") if item.must else ""
        title = " ".join(part for part in (item.number, one_line(item.text_after_number)) if part)
        parts = (state_word(work.state), title, kind_word(item.kind), must, fault(work, self.today), self.known(entry))
        return ", ".join(part for part in parts if part)


def counted(number: float, most: float, unit: Unit) -> str:
    """How much of a limit is used: "1 900 av 4 000 tecken"."""
    values = {"used": figure(number), "most": figure(most)}
    match unit:
        case Unit.CHARACTERS:
            return tr("checklist.of_characters", **values)
        case Unit.WORDS:
            return tr("checklist.of_words", **values)
        case Unit.LINES:
            return tr("checklist.of_lines", **values)
        case Unit.PAGES:
            return tr("checklist.of_pages", **values)
