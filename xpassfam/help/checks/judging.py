"""What a report means for signing in: what to mend, what to know, what is well; each in plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from xpassfam.help.checks import advice
from xpassfam.help.checks.report import Report
from xpassfam.ui.words import wait

# A code of an app is good for thirty seconds, and one more on each side.
CLOCK_MATTERS = 45
SLOW = 2_000


class State(StrEnum):
    MEND = "mend"
    KNOW = "know"
    WELL = "well"


@dataclass(frozen=True)
class Finding:
    """`steps`: what to do, in order, on that very device."""

    key: str
    state: State
    title: str
    text: str = ""
    steps_title: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    findings: tuple[Finding, ...]

    def of(self, state: State) -> list[Finding]:
        return [one for one in self.findings if one.state is state]

    @property
    def to_mend(self) -> list[Finding]:
        return self.of(State.MEND)

    @property
    def to_know(self) -> list[Finding]:
        return self.of(State.KNOW)

    @property
    def well(self) -> list[Finding]:
        return self.of(State.WELL)


def judge(report: Report) -> Verdict:
    """The gravest first; what was not looked at is not told."""
    return Verdict(tuple(found for look in LOOKS if (found := look(report)) is not None))


def in_text(verdict: Verdict, report: Report, *, code: str = "") -> str:
    """To paste into a message: what was found, nothing else."""
    marks = {State.MEND: _("À corriger"), State.KNOW: _("À savoir"), State.WELL: _("Bien")}
    browser = report.browser
    head = [
        _("Vérification du navigateur {code}").format(code=code).strip(),
        ", ".join(filter(None, [f"{browser.name} {browser.version or ''}".strip(), browser.system])),
    ]
    said = [_("{mark} : {found}").format(mark=marks[one.state], found=one.title) for one in verdict.findings]
    return "\n".join([*filter(None, head), *said])


def _cookies(report: Report) -> Finding | None:
    if report.cookies is None:
        return None
    if report.cookies:
        return Finding("cookies", State.WELL, _("Cookies acceptés"))
    return Finding(
        "cookies",
        State.MEND,
        _("Les cookies sont refusés"),
        _("Sans eux, le site ne peut pas vous garder connecté d’une page à l’autre."),
        *advice.cookies(report.browser),
    )


def _clock(report: Report) -> Finding | None:
    if report.skew is None:
        return None
    if abs(report.skew) <= CLOCK_MATTERS:
        return Finding("clock", State.WELL, _("Horloge à l’heure"))
    by = wait(timedelta(seconds=abs(report.skew)))
    title = _("L’horloge avance de {time}") if report.skew > 0 else _("L’horloge retarde de {time}")
    return Finding(
        "clock",
        State.MEND,
        title.format(time=by),
        _("Les codes à 6 chiffres d’une application sont alors refusés, même recopiés sans faute."),
        *advice.clock(report.browser),
    )


def _network(report: Report) -> Finding | None:
    if report.network == "portal":
        return Finding(
            "network",
            State.MEND,
            _("Un portail Wi-Fi répond à notre place"),
            _("C’est courant à l’hôtel, à la gare ou à l’école : le réseau attend que vous l’acceptiez."),
            *advice.captive(),
        )
    if report.network == "failed":
        return Finding(
            "network",
            State.MEND,
            _("Quelque chose bloque nos pages"),
            _("Une extension, un antivirus ou le réseau arrête ce que la page demande."),
            *advice.blocked(),
        )
    if report.trip is None:
        return None
    if report.trip > SLOW:
        title = _("Réseau très lent")
        return Finding("network", State.KNOW, title, _("Une page peut mettre longtemps. Attendez avant de recharger."))
    return Finding("network", State.WELL, _("Réseau : {time} ms, sans portail Wi-Fi").format(time=report.trip))


def _styles(report: Report) -> Finding | None:
    if report.styles is None:
        return None
    if report.styles:
        return Finding("styles", State.WELL, _("Rien de bloqué"))
    return Finding(
        "styles",
        State.MEND,
        _("Une partie de la page n’est pas arrivée"),
        _("Une extension ou un bloqueur de publicité l’a sans doute arrêtée."),
        *advice.blocked(),
    )


def _version(report: Report) -> Finding | None:
    browser = report.browser
    if not browser.is_known:
        return Finding(
            "version",
            State.KNOW,
            _("Nous ne reconnaissons pas ce navigateur"),
            _("Il marche peut-être très bien. Sinon, essayez Firefox, Chrome, Edge ou Safari."),
        )
    name = advice.name_of(browser)
    if browser.is_too_old:
        return Finding(
            "version",
            State.MEND,
            _("{name} est trop ancien").format(name=name),
            _("Il nous faut la version {oldest} ou une plus récente.").format(oldest=browser.oldest),
            *advice.version(browser),
        )
    return Finding("version", State.WELL, name)


def _script(report: Report) -> Finding | None:
    if report.script:
        return Finding("script", State.WELL, _("JavaScript actif"))
    return Finding(
        "script",
        State.KNOW,
        _("JavaScript est coupé, ou bloqué"),
        _(
            "Vous pouvez vous connecter et tout faire quand même. Nous n’avons pas pu regarder l’horloge, la mémoire "
            "ni le réseau."
        ),
    )


def _storage(report: Report) -> Finding | None:
    if report.storage is None:
        return None
    if report.storage:
        return Finding("storage", State.WELL, _("Mémoire du navigateur"))
    return Finding(
        "storage",
        State.KNOW,
        _("La mémoire du navigateur est fermée"),
        _("Vous pouvez vous connecter. Si une page revient sans cesse, essayez un autre navigateur."),
    )


def _private(report: Report) -> Finding | None:
    if not report.private:
        return None
    return Finding(
        "private",
        State.KNOW,
        _("Sans doute une fenêtre privée"),
        _(
            "Vous pouvez vous connecter. À la fermeture, tout est oublié : « Se souvenir de moi » ne marchera pas, et "
            "l’appareil paraîtra nouveau."
        ),
    )


def _translated(report: Report) -> Finding | None:
    if not report.translated:
        return None
    return Finding(
        "translated",
        State.KNOW,
        _("La page est traduite par le navigateur"),
        _(
            "Une traduction change parfois ce qui est écrit dans les champs. Revenez à la page d’origine pour vous "
            "connecter."
        ),
    )


def _autofill(report: Report) -> Finding | None:
    if not report.autofill:
        return None
    return Finding(
        "autofill",
        State.KNOW,
        _("Le navigateur remplit les champs tout seul"),
        _("Il a peut-être gardé un ancien mot de passe. Videz les deux champs, puis tapez à la main."),
    )


def _zone(report: Report) -> Finding | None:
    if not report.zone:
        return None
    return Finding("zone", State.WELL, _("Fuseau horaire : {zone}").format(zone=report.zone.replace("_", " ")))


LOOKS: tuple[Callable[[Report], Finding | None], ...] = (
    _cookies,
    _network,
    _styles,
    _clock,
    _version,
    _script,
    _storage,
    _translated,
    _autofill,
    _private,
    _zone,
)
