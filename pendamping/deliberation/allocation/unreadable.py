"""Why a file cannot be read, in one plain sentence with its name, the field and the cure: for both commands."""

from __future__ import annotations

import csv
import json

from .model import Invalid

# All that a damaged file makes Python say; anything else is a fault of ours and shows as one.
FAULTS = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError, csv.Error)

WORDS = {
    "id": {
        "sentence": "Berkas {file} tidak dapat dibaca: {why}. {cure}",
        "absent": ("berkas itu tidak ada", "Periksa nama dan foldernya."),
        "folder": ("itu sebuah folder", "Beri nama berkas di dalamnya."),
        "denied": ("komputer tidak mengizinkannya", "Salin berkas itu ke folder Anda."),
        "no_text": ("isinya bukan teks UTF-8", "Unduh berkasnya lagi, tanpa menyimpannya dengan program lain."),
        "no_json": ("baris {line} bukan JSON yang utuh", "Unduh berkasnya lagi dari halaman hasil."),
        "field": ("{field}", "Unduh berkasnya lagi, atau perbaiki bagian itu."),
        "odd": ("isinya bukan isi berkas seperti ini", "Unduh berkasnya lagi."),
    },
    "en": {
        "sentence": "The file {file} cannot be read: {why}. {cure}",
        "absent": ("there is no such file", "Check its name and folder."),
        "folder": ("it is a folder", "Name a file in it."),
        "denied": ("the computer does not permit it", "Copy the file into a folder of yours."),
        "no_text": ("what it holds is no UTF-8 text", "Download it again, without saving it with another program."),
        "no_json": ("line {line} is no whole JSON", "Download it again from the page of the result."),
        "field": ("{field}", "Download it again, or mend that part."),
        "odd": ("what it holds does not belong in such a file", "Download it again."),
    },
}


def unreadable(fault: Exception, file: str, language: str) -> str:
    """The sentence. `language`: id or en."""
    words = WORDS[language]
    why, cure = words[_kind(fault)]
    field = fault.in_language(language) if isinstance(fault, Invalid) else ""
    why = why.format(field=field, line=getattr(fault, "lineno", 0))
    return str(words["sentence"]).format(file=file, why=why, cure=cure)


def _kind(fault: Exception) -> str:
    if isinstance(fault, OSError):
        named = {FileNotFoundError: "absent", NotADirectoryError: "absent", IsADirectoryError: "folder"}
        return named.get(type(fault), "denied")
    if isinstance(fault, UnicodeDecodeError):
        return "no_text"
    if isinstance(fault, json.JSONDecodeError):
        return "no_json"
    return "field" if isinstance(fault, Invalid) else "odd"
