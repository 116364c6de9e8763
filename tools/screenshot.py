"""The README's picture, made from a running demo: `python -m tools.screenshot http://localhost:8000`."""

from __future__ import annotations

import io
import os
import re
import sys
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

TARGET = Path(__file__).parents[1] / "docs" / "images" / "journey.png"


def main(base: str) -> None:
    """Open the journey of the demo's first standing asset and keep its upper part."""
    listed = urllib.request.urlopen(f"{base}/daftar/aset/").read().decode()
    code = re.findall(r"/jejak/(A[0-9A-Z-]+)/", listed)[-1]
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        page.goto(f"{base}/jejak/{code}/", wait_until="networkidle")
        picture = Image.open(io.BytesIO(page.screenshot()))
        browser.close()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(TARGET, optimize=True)
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1000} kB, {code}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
