"""Is a file on a disk of this machine, or somewhere across a network?"""

from __future__ import annotations

import re
from pathlib import Path

# vfs names as in /proc/mounts; fuse.<name> too
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs"}
    | {f"fuse.{name}" for name in ("sshfs", "rclone", "s3fs", "gcsfuse", "glusterfs", "ceph", "davfs")}
)  # not 9p: sandboxes keep their local disks on it
MOUNTS = Path("/proc/mounts")


def network_filesystem(path: str | Path) -> str:
    """The kind of network file system a path is on, or "" for a local one (and where we cannot know)."""
    try:
        kind = filesystem(str(Path(path).resolve().parent), MOUNTS.read_text("utf-8", "surrogateescape"))
    except OSError:  # no /proc: macOS, BSD
        return ""
    return kind if kind in NETWORK else ""


def filesystem(folder: str, mounts: str) -> str:
    """The file system kind of the last, longest mount point above a folder."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), fields[1])  # a space is written \040
        above = point == "/" or folder == point or folder.startswith(point + "/")
        if above and len(point) >= best:
            best, found = len(point), fields[2]
    return found
