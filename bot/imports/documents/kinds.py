"""What a file really is, by its first bytes, whatever its name says."""

import io
import re
import zipfile

from bot.imports.documents.errors import refuse

KINDS = {
    "md": "md",
    "markdown": "md",
    "rst": "txt",
    "txt": "txt",
    "text": "txt",
    "html": "html",
    "htm": "html",
    "docx": "docx",
    "odt": "odt",
    "pdf": "pdf",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 2048
_IMAGES = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
}
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|h[1-6]|p|div|ul|ol|table|meta|title|article|section|br|span)\b", re.IGNORECASE
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def actual_kind(data: bytes, claimed: str) -> str:
    """One of the kinds, or words for something else; DocumentError for a locked, old, cut or macro-bearing file."""
    if data.startswith(_OLE):
        raise refuse("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_word")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _archive(data)
    if data[:_HEAD].lstrip().startswith(b"%PDF") or (claimed == "pdf" and b"%PDF-" in data[:_HEAD]):
        return "pdf"
    for start, name in _IMAGES.items():
        if data.startswith(start):
            return name
    if data.startswith(b"{\\rtf"):
        return "RTF"
    if claimed in ("docx", "odt", "pdf"):
        # A cut or garbled start cannot be told from another format; plain text can.
        return "something else" if _BINARY.search(data[:_HEAD]) else "plain text"
    if not data.startswith(_UTF16) and len(_BINARY.findall(data[:_HEAD])) > len(data[:_HEAD]) // 100:
        return "something else"
    if claimed == "html" and not _HTML.search(data):
        return "plain text"
    return claimed


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise refuse("encrypted")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise refuse("macro")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise refuse("truncated") from None
    if "word/document.xml" in names:
        return "docx"
    if "content.xml" in names:
        return "odt"
    return "a spreadsheet" if "xl/workbook.xml" in names else "a ZIP archive"
