"""Who asks for secrecy: the bidder as the annex names it. What was written for one tender is offered for the next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.checkdigits import OrganisationNumber, check_organisation_number
from app.core.claims import Bidder
from app.gui.messages import tr
from app.gui.shell.sheet import Sheet, form_layout, words

__all__ = ["BidderDialog"]


class BidderDialog(Sheet):
    """Name and organisation number are needed; who signs and whom the buyer can ask are wanted."""

    written = Signal(object)  # Bidder

    def __init__(self, bidder: Bidder | None, parent: QWidget) -> None:
        super().__init__(tr("secrecy.bidder_title"), tr("secrecy.bidder_lead"), parent)
        known = bidder or Bidder("", "")
        self.name = QLineEdit(known.name)
        self.number = QLineEdit(known.organisation_number)
        self.number.setPlaceholderText("NNNNNN-NNNN")
        self.signatory = QLineEdit(known.signatory or "")
        self.contact = QLineEdit(known.contact or "")
        self.contact.setPlaceholderText(tr("secrecy.bidder_contact_hint"))
        form = form_layout()
        for text, field in (
            (tr("secrecy.bidder_name"), self.name),
            (tr("secrecy.bidder_number"), self.number),
            (tr("secrecy.bidder_signatory"), self.signatory),
            (tr("secrecy.bidder_contact"), self.contact),
        ):
            field.setAccessibleName(text)
            form.addRow(text, field)
            field.textChanged.connect(self._on_edited)
        self.body.addLayout(form)
        self.wrong = words("", "fault")
        self.body.addWidget(self.wrong)
        self.button(tr("checklist.ask_cancel")).clicked.connect(self.reject)
        self.ok = self.button(tr("secrecy.bidder_ok"), primary=True)
        self.ok.clicked.connect(self._on_ok)
        self._on_edited()
        self.name.setFocus()

    def bidder(self) -> Bidder:
        """As it is written."""
        signatory, contact = self.signatory.text().strip(), self.contact.text().strip()
        return Bidder(self.name.text().strip(), self.number.text().strip(), signatory or None, contact or None)

    def _on_edited(self) -> None:
        now = self.bidder()
        self.ok.setEnabled(bool(now.name and now.organisation_number))
        self.wrong.setText(_doubt(now.organisation_number) if now.organisation_number else "")

    def _on_ok(self) -> None:
        bidder = self.bidder()
        self.accept()
        self.written.emit(bidder)


def _doubt(number: str) -> str:
    """What is odd about the number. It is a word to the user, who may know better."""
    match check_organisation_number(number):
        case OrganisationNumber.SHAPE:
            return tr("secrecy.number_shape")
        case OrganisationNumber.CHECK_DIGIT:
            return tr("secrecy.number_digit")
        case OrganisationNumber.PERSONAL:
            return tr("secrecy.number_personal")
        case _:
            return ""
