"""Which action does what on the page, and where its key is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.gui.actions import Actions

if TYPE_CHECKING:
    from app.gui.secrecy.page import SecrecyPage

__all__ = ["wire"]


def wire(page: SecrecyPage, actions: Actions) -> None:
    """Once, when the page is made. What leaves the page is wired by its own parts."""
    deciding, marking, landing, left = page.deciding, page.marking, page.landing, page.left
    page.keys.on_list(
        {
            "next_claim": left.go_next,
            "previous_claim": left.go_previous,
            "show_claim": landing.show,
            "claim_ready": deciding.ready,
            "withdraw_claim": deciding.withdraw,
            "delete_claim": deciding.delete,
            "accept_places": deciding.accept,
            "take_suggestion": deciding.take,
            "dismiss_suggestion": deciding.dismiss,
        }
    )
    page.keys.on_page(
        {
            "mark_secret": marking.mark,
            "mark_everywhere": deciding.everywhere,
            "mark_also": deciding.also,
            "mark_page": marking.mark_page,
            "edit_claim": page.edit,
            "suggest": deciding.suggest,
            "add_bid_files": page.adding.files,
            "read_bid_again": page.adding.again,
            "bid_file_up": deciding.file_up,
            "bid_file_down": deciding.file_down,
            "remove_bid_file": deciding.remove_file,
            "restore_suggestions": deciding.restore_suggestions,
            "secrecy_guide": page.show_guide,
        }
    )
    page.top.password_wanted.connect(page.unlocking.ask)
    actions["mark_box"].toggled.connect(marking.draw_box)
    page.keys.enable(page.isVisible())
