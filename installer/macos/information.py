"""The Info.plist of the bundle: what Finder and the system need to know. Its words in each language are in `LANGUAGE.lproj`."""

from __future__ import annotations

from typing import Any

import app

__all__ = ["INFORMATION"]

_DOCUMENTS = (
    "com.adobe.pdf",
    "org.openxmlformats.wordprocessingml.document",
    "org.openxmlformats.spreadsheetml.sheet",
    "com.microsoft.word.doc",
    "com.microsoft.excel.xls",
    "org.oasis-open.opendocument.text",
    "org.oasis-open.opendocument.spreadsheet",
    "public.rtf",
    "public.plain-text",
    "public.comma-separated-values-text",
    "public.zip-archive",
    "public.folder",
)
_TENDER = "se.anbudsklar.tender"
_TENDER_NAME = "Upphandling i Anbudsklar"

INFORMATION: dict[str, Any] = {
    "CFBundleDisplayName": "Anbudsklar",
    "CFBundleDevelopmentRegion": "sv",
    "CFBundleLocalizations": ["sv", "en"],
    "CFBundleShortVersionString": app.__version__,
    "CFBundleVersion": app.__version__,
    "LSApplicationCategoryType": "public.app-category.business",
    "LSMinimumSystemVersion": "13.0",
    "NSHighResolutionCapable": True,
    "NSRequiresAquaSystemAppearance": False,
    "NSSupportsAutomaticGraphicsSwitching": True,
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": _TENDER,
            "UTTypeDescription": _TENDER_NAME,
            "UTTypeConformsTo": ["public.data"],
            "UTTypeIconFile": "tender.icns",
            "UTTypeTagSpecification": {
                "public.filename-extension": ["anbudsklar"],
                "public.mime-type": ["application/x-anbudsklar"],
            },
        }
    ],
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": _TENDER_NAME,
            "CFBundleTypeIconFile": "tender.icns",
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [_TENDER],
        },
        {
            "CFBundleTypeName": "Upphandlingens dokument",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "LSItemContentTypes": list(_DOCUMENTS),
        },
    ],
}
"""Its own files are opened by it; documents of a procurement can be, and can be dropped onto its icon."""
