"""What must hold of every page, in every state a journey meets."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response
from tinyhtml5.parser import HTMLParser

from xpassfam.organisation.cookies import cookies
from xpassfam.organisation.models import Organisation

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
# With `preload`, axe would rewrite imported sheets into the page, which its policy refuses.
FINDINGS = """async (only) => {
    const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"], preload: false});
    return found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(" | ")}`);
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TEXT_SIZE = "size => { document.documentElement.style.fontSize = size }"
# What WCAG 1.4.12 lets a reader choose. Another machine's font may be as wide.
SPACED_TEXT = """* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }
p { margin-bottom: 2em !important }"""
SPACING = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
PHONE = {"width": 320, "height": 640}
LARGER_PHONE = {"width": 390, "height": 844}
# Of a browser that refuses all of it, nothing is kept.
STORED = """() => {
    try { return [localStorage, sessionStorage].flatMap((store) => Object.keys(store)); } catch { return []; }
}"""
OF_THE_CONFIGURATION = {"django.admin.filtersState"}  # which lists an administrator unfolded, until the window closes
# Pages for anybody, which hold nothing personal, may be kept; so may what a digest names.
KEPT_BY_BROWSERS = ("/static/", "/brand/")


class Watch:
    """Follows a page from its first request, and remembers what should not have happened."""

    def __init__(self, page: Page, host: str) -> None:
        self.page, self.host = page, host
        self.complaints: list[str] = []
        self.refused: set[str] = set()
        self.document: Response | None = None
        self.responses: list[Response] = []
        page.on("request", self.note_request)
        page.on("response", self.note_response)
        page.on("console", self.note_message)
        page.on("pageerror", self.note_error)

    def note_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != self.host:
            self.complaints.append(f"asked another host: {request.url}")

    def note_response(self, response: Response) -> None:
        self.responses.append(response)
        if response.status >= 400:
            self.refused.add(response.url)
        path = urlsplit(response.url).path
        if not path.startswith(KEPT_BY_BROWSERS) and "no-store" not in response.headers.get("cache-control", ""):
            self.complaints.append(f"may be kept by a cache: {path}")
        if response.request.is_navigation_request() and response.status not in range(300, 400):
            self.document = response
            self.complaints.extend(f"{path}: {fault}" for fault in faults_of_policy(response))

    def note_error(self, error: Error) -> None:
        # Firefox calls it an error that a font was still on its way when the page was left (NS_BINDING_ABORTED).
        if "download failed" not in str(error) or "status=2152398850" not in str(error):
            self.complaints.append(f"error: {error}")

    def note_message(self, message: ConsoleMessage) -> None:
        # Chromium says in the console that an error page is an error: it is meant to be one.
        if message.text.startswith("Failed to load resource") and message.location["url"] in self.refused:
            return
        # It also says that a sign-out emptied its storage.
        if message.text.startswith("Clear-Site-Data header on"):
            return
        self.complaints.append(f"console: {message.text}")


def faults_of_traces(page: Page) -> list[str]:
    """What the browser keeps of us is on the page of cookies, and nothing else is: loi 78-17, art. 82."""
    told = {cookie.name for cookie in cookies(Organisation())}
    kept = {cookie["name"] for cookie in page.context.cookies()} - told
    return [f"keeps a cookie that no page tells: {name}" for name in sorted(kept)] + [
        f"keeps {key} in the browser's storage" for key in page.evaluate(STORED) if key not in OF_THE_CONFIGURATION
    ]


def faults_of_policy(response: Response) -> list[str]:
    policy = response.headers.get("content-security-policy", "")
    wanted = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
    faults = [f"its policy lacks {part}" for part in wanted if part not in policy]
    loose = [word for word in ("unsafe-", "http:", "https:", "*", "data:") if word in policy]
    return faults + [f"its policy allows {word}" for word in loose]


def faults_of_html(page: Page, document: Response | None) -> list[str]:
    faults = []
    if document is not None:
        parser = HTMLParser()
        parser.parse(document.text())
        faults = [f"HTML: {code} at {place} {json.dumps(detail)}" for place, code, detail in parser.errors]
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} first headings")
    if not page.title().strip():
        faults.append("no title")
    return faults


def faults_of_access(page: Page) -> list[str]:
    """What axe finds: everything on a wide page and on a narrow one, colours again in the dark."""
    size = page.viewport_size
    page.evaluate(AXE)
    found = [f"axe, wide: {line}" for line in page.evaluate(FINDINGS, STANDARDS)]
    page.emulate_media(color_scheme="dark")
    rules = {"type": "rule", "values": COLOURS}
    found += [f"axe, dark: {line}" for line in page.evaluate(FINDINGS, rules)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    found += [f"axe, narrow: {line}" for line in page.evaluate(FINDINGS, STANDARDS)]
    for text, text_size in (("as it is", ""), ("doubled", "200%")):
        page.evaluate(TEXT_SIZE, text_size)
        found += [f"text {text}: {line}" for line in faults_of_width(page)]
        page.evaluate(SPACING, SPACED_TEXT)
        found += [f"text {text} and spaced: {line}" for line in faults_of_width(page)]
        page.evaluate(SPACING, "")
    page.evaluate(TEXT_SIZE, "")
    page.set_viewport_size(LARGER_PHONE)
    found += faults_of_width(page)
    page.set_viewport_size(size)
    return found


def faults_of_width(page: Page) -> list[str]:
    beyond = page.evaluate(SIDEWAYS)
    return [f"{beyond} pixels too wide for {page.viewport_size['width']}"] if beyond > 0 else []
