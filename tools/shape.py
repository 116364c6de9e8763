"""The ten longest files and functions: it informs, it does not fail. `python -m tools.shape`"""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("pendamping", "tools", "tests", "benchmarks")
SHOWN = 10


def main() -> None:
    files: dict[str, int] = {}
    functions: dict[str, int] = {}
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        name, source = path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        files[name] = source.count("\n")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions[f"{name}:{node.lineno} {node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    _show("Files", files, 300)
    _show("Functions", functions, 30)


def _show(title: str, sizes: dict[str, int], limit: int) -> None:
    within = sum(size <= limit for size in sizes.values()) / max(len(sizes), 1)
    print(f"{title}: {len(sizes)}, median {median(sizes.values()):g} lines, {within:.0%} within {limit}")
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:SHOWN]:
        print(f"  {size:5} {name}")


if __name__ == "__main__":
    main()
