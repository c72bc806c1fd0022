"""Workbooks for tests: made with XlsxWriter, and their XML changed where it must hurt."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

HEAD = ("Date", "Client", "Employer", "Outcome", "Notes")


def book(path: Path, fill: Callable[[Any, Any], None], **options: Any) -> Path:
    """Make a workbook with one sheet, "Calls", filled by `fill(workbook, sheet)`."""
    made = xlsxwriter.Workbook(str(path), options)
    fill(made, made.add_worksheet("Calls"))
    made.close()
    return path


def changed(path: Path, part: str, pattern: str, becomes: str) -> Path:
    """Change the XML of one part of a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == part:
                text, count = re.subn(pattern.encode(), becomes.encode(), text, flags=re.S)
                assert count
            new.writestr(entry.filename, text)
    path.write_bytes(out.getvalue())
    return path
