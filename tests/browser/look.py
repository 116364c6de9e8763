"""What is looked at on every page: accessibility, width, targets, and what the browser complains about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

COLOURS = ("color-contrast", "link-in-text-block")
ZOOMED = {"width": 640, "height": 400}  # a desktop of 1280 × 800 at 200 %
# Two frames later the page is drawn anew after a change of its surroundings.
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

_TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= edge) return [];
  const clipped = (e) => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
  const out = [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > edge + 1 && !clipped(e));
  return [`${document.scrollingElement.scrollWidth} > ${edge}`, ...out.slice(-3).map((e) => e.outerHTML.slice(0, 160))];
}"""
_VIOLATIONS = """async (options) => (await axe.run(options)).violations.flatMap((one) =>
  one.nodes.slice(0, 4).map((node) => `${one.id}: ${node.target} ${node.html.slice(0, 140)}`))"""
# A tick's label counts as part of it. Links inside sentences are text; links that stand alone in lists are targets.
_SMALL = """() => {
  const alone = "button, summary, select, textarea, input:not([type=hidden]), .button, nav a, li > a, .tool, .brand";
  const seen = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && e.getClientRects().length
    && !e.closest("[aria-hidden=true], .sr, [inert]");
  const box = (e) => {
    const own = e.getBoundingClientRect();
    const label = ["checkbox", "radio"].includes(e.type) && (e.closest("label") ?? e.labels?.[0]);
    const other = label ? label.getBoundingClientRect() : own;
    return { w: Math.max(own.right, other.right) - Math.min(own.left, other.left),
      h: Math.max(own.bottom, other.bottom) - Math.min(own.top, other.top), x: own.right };
  };
  return [...document.querySelectorAll(alone)].filter(seen).map((e) => [e, box(e)])
    .filter(([, b]) => b.x > 0 && (b.w < 43.5 || b.h < 43.5))
    .map(([e, b]) => `${Math.round(b.w)}×${Math.round(b.h)} ${e.outerHTML.slice(0, 120)}`);
}"""


class Watch:
    """Listens to a page: console errors, policy violations, requests that fail."""

    def __init__(self, page: Page) -> None:
        self.said: list[str] = []
        page.on("console", lambda said: self._console(said))
        page.on("pageerror", lambda error: self.said.append(f"script: {error}"))
        page.on("requestfailed", lambda request: self._failed(request))
        page.on("response", lambda response: self._response(response))

    def _console(self, said: Any) -> None:
        answered = "the server responded with a status of" in said.text  # told apart in _response
        if "Content Security" in said.text or (said.type == "error" and not answered):
            self.said.append(f"console: {said.text}")

    def _failed(self, request: Any) -> None:
        left = request.failure == "net::ERR_ABORTED" and not request.is_navigation_request()  # while it still loaded
        if not left:
            self.said.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Any) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.said.append(f"{response.status}: {response.url}")

    def heard(self) -> list[str]:
        """What was said since the last time one listened."""
        said, self.said = self.said, []
        return said


def axe(page: Page, only: tuple[str, ...] = (), *, colours: bool = True) -> list[str]:
    """The violations that axe finds, in words; `only` asks for some rules. A page takes the script in once.

    Colours take as long as all else: without them where the same parts were looked at in another state or language.
    """
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if not colours:
        options["rules"] = {rule: {"enabled": False} for rule in COLOURS}
    if only:
        options["runOnly"] = {"type": "rule", "values": list(only)}
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    return [f"axe {one}" for one in page.evaluate(_VIOLATIONS, options)]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return [f"too wide: {one}" for one in page.evaluate(_TOO_WIDE)]


def small_targets(page: Page) -> list[str]:
    """What a thumb would miss: targets under 44 pixels."""
    return [f"small: {one}" for one in page.evaluate(_SMALL)]
