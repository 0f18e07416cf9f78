"""The frame around the pages: main window, header, rail, bars, palette, settings, faults, and the dialogs of the vault."""
