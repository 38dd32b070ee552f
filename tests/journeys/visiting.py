"""A person at a browser: what they open, type, press and read."""

import re
import time

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.looking import Watch, faults_of_access, faults_of_html, faults_of_traces, faults_of_width
from tests.journeys.site import PATIENCE_SECONDS, Adult, Site

PATIENCE_MS = 15_000


class Visitor:
    """`thorough` looks at each page with axe, in the light and in the dark, wide and narrow: Chromium only."""

    def __init__(self, site: Site, context: BrowserContext, *, thorough: bool) -> None:
        self.site, self.context, self.thorough = site, context, thorough
        self.watches: list[Watch] = []
        self.seen: list[str] = []
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        self.watches.append(Watch(page, f"localhost:{self.site.port}"))
        return page

    def open(self, path: str) -> None:
        self.page.goto(self.site.url + path)

    def look(self, heading: str = "") -> None:
        """Check the page as it stands; what is wrong is told when the visit ends, all at once."""
        if heading:
            self.sees_heading(heading)
        watch = next(watch for watch in self.watches if watch.page is self.page)
        faults = faults_of_html(self.page, watch.document) + faults_of_width(self.page) + faults_of_traces(self.page)
        if self.thorough:
            faults += faults_of_access(self.page)
        seen = f"{self.page.url.removeprefix(self.site.url)} « {self.page.locator('h1').first.inner_text()} »"
        self.seen.append(seen)
        watch.complaints.extend(f"{seen}: {fault}" for fault in faults)

    def sees_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", name=text, level=1)).to_be_visible(timeout=PATIENCE_MS)

    def reads(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)

    def field(self, name: str) -> Locator:
        return self.page.locator(f"main [name={name}]:not([type=hidden]):not([hidden])")

    def type(self, **answers: str) -> None:
        for name, answer in answers.items():
            self.field(name).fill(answer)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def sign_in(self, identifier: str, password: str) -> None:
        self.type(username=identifier, password=password)
        self.page.locator("main").get_by_role("button", name="Me connecter", exact=True).click()

    def signs_in_as(self, identifier: str, password: str) -> None:
        self.open("/connexion/")
        self.sign_in(identifier, password)
        leave = self.page.get_by_role("button", name="Me déconnecter")
        asked = self.page.get_by_role("heading", name="Le code de votre application", level=1)
        expect(leave.or_(asked)).to_be_visible()
        if asked.is_visible():
            self.gives_the_code(identifier)
        expect(leave).to_be_visible()

    def gives_the_code(self, identifier: str) -> None:
        self.type(code=self.site.next_code(identifier))
        self.press("Continuer")

    def sign_up(self, adult: Adult, *, password: str) -> None:
        self.type(last_name=adult.last_name, first_name=adult.first_name)
        self.type(member_number=adult.member_number.lower(), activation_code=adult.code.replace("-", " "))
        self.type(email=adult.email, password=password)
        self.press("Créer mon compte")

    def mail(self, to: str, subject: str) -> str:
        """Open the latest mail with this subject; the page shows it, we get its words."""
        unread = self.page.get_by_role("link", name=subject, exact=True).first
        end = time.monotonic() + PATIENCE_SECONDS
        self.open(f"/demo/courrier/?a={to}")
        while not unread.is_visible() and time.monotonic() < end:
            self.page.wait_for_timeout(250)
            self.open(f"/demo/courrier/?a={to}")
        unread.click()
        self.sees_heading(subject)
        return self.page.locator("main").inner_text()

    def link_of(self, to: str, subject: str) -> str:
        """The path that a mail wants opened."""
        links = re.findall(re.escape(self.site.url) + r"(/\S+)", self.mail(to, subject))
        return next(path for path in links if path.startswith(("/activation/", "/mot-de-passe/", "/connexion/")))

    def stands_before(self) -> str:
        """The address and the words of the page, for whoever wonders why a journey stopped."""
        return f"{self.page.url}\n{self.page.locator('body').inner_text()[:2000]}"

    @property
    def complaints(self) -> list[str]:
        return [complaint for watch in self.watches for complaint in watch.complaints]
