"""The files of a course package, from a ZIP or a folder, read without trusting what the ZIP says of itself."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from pendamping.core.errors import Refused
from pendamping.training.enums.packages import Reason
from pendamping.training.rules.packages import MANIFEST

FILES_MOST, BYTES_MOST, FILE_MOST = 2_000, 60_000_000, 12_000_000
SQUEEZED_FROM, SQUEEZED_MOST = 100_000, 200  # bytes from which on, and how many times, text is never squeezed
OPENED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # any other way is unpacked whole before it is measured
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,3}")


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP. Refuses bombs, names that lead out of it, links, locked and doubled files, other packings."""
    if len(data) > BYTES_MOST:
        raise Refused(Reason.TOO_LARGE, field="file", limit=BYTES_MOST // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _within_its_folder(_files(package))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as problem:
        raise Refused(Reason.NOT_ZIP, field="file") from problem


def in_folder(folder: Path) -> dict[str, bytes]:
    """The files of a folder on disk, laid out as in a package."""
    if not (folder / MANIFEST).is_file():
        raise Refused(Reason.FOLDER, field="file", folder=folder)
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP that is the same for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _files(package: zipfile.ZipFile) -> dict[str, bytes]:
    listed = package.infolist()
    if len(listed) > FILES_MOST:
        raise Refused(Reason.TOO_MANY, field="file", limit=FILES_MOST)
    found: dict[str, bytes] = {}
    room = BYTES_MOST
    for info in listed:
        name = info.filename
        if info.is_dir():
            name = name.rstrip("/")
        if not _NAME.fullmatch(name) or stat.S_ISLNK(info.external_attr >> 16):
            raise Refused(Reason.NAME, field="file", file=name[:80])
        if info.is_dir():
            continue
        if info.flag_bits & 1:
            raise Refused(Reason.SEALED, field="file", file=name[:80])
        if info.compress_type not in OPENED:
            raise Refused(Reason.PACKING, field="file", file=name[:80])
        if name in found:
            raise Refused(Reason.TWICE, field="file", file=name[:80])
        found[name] = _bytes(package, info, min(room, FILE_MOST))
        room -= len(found[name])
    return found


def _bytes(package: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The contents, stopped as soon as they are more than may be: the size in the list may lie."""
    with package.open(info) as file:
        data = file.read(most + 1)
    if len(data) > SQUEEZED_FROM and len(data) > SQUEEZED_MOST * max(1, info.compress_size):
        raise Refused(Reason.SQUEEZED, field="file", file=info.filename[:80])
    if len(data) > most:
        raise Refused(Reason.TOO_LARGE, field="file", limit=BYTES_MOST // 1_000_000)
    return data


def _within_its_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Who packs a folder by hand has it in every name: taken off when all begin with it."""
    heads = {name.split("/")[0] for name in files}
    if MANIFEST in files or len(heads) != 1:
        return files
    return {name.partition("/")[2]: data for name, data in files.items()}
