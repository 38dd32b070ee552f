"""What to do next, on that very device and browser: a heading and its steps."""

from django.utils.translation import gettext as _

from xpassfam.help.checks.browsers import OF_APPLE, Browser

Advice = tuple[str, tuple[str, ...]]


def name_of(browser: Browser) -> str:
    """« Firefox 156 »; on Apple's phones, where the version is the system's, « Safari, iOS 18 »."""
    if browser.system in OF_APPLE:
        return f"{browser.name}, {'iPadOS' if browser.system == 'iPad' else 'iOS'} {browser.version}"
    return f"{browser.name} {browser.version}"


def clock(browser: Browser) -> Advice:
    again = _("Revenez ici et recommencez.")
    match browser.system:
        case "Windows":
            steps = _("Ouvrez Paramètres, puis « Heure et langue »."), _("Activez « Régler l’heure automatiquement ».")
        case "Mac":
            steps = (
                _("Ouvrez « Réglages Système », puis « Général », puis « Date et heure »."),
                _("Activez « Régler la date et l’heure automatiquement »."),
            )
        case "iPhone" | "iPad":
            steps = (
                _("Ouvrez Réglages, puis « Général », puis « Date et heure »."),
                _("Activez « Réglage automatique »."),
            )
        case "Android":
            steps = (
                _("Ouvrez Paramètres, puis « Système » ou « Gestion globale », puis « Date et heure »."),
                _("Activez « Date et heure automatiques »."),
            )
        case _other:
            steps = (
                _("Ouvrez les réglages de l’appareil, partie « Date et heure »."),
                _("Choisissez l’heure automatique."),
            )
    return _on(browser), (*steps, again)


def cookies(browser: Browser) -> Advice:
    again = _("Rechargez la page et recommencez.")
    if browser.system in OF_APPLE:
        steps = (
            _("Ouvrez les Réglages de l’appareil, puis « Apps », puis votre navigateur."),
            _("Désactivez « Bloquer tous les cookies », dans « Avancé »."),
        )
        return _on(browser), (*steps, again)
    match browser.name:
        case "Firefox":
            steps = (
                _("Appuyez sur le bouclier, à gauche de l’adresse, et désactivez la protection pour ce site."),
                _("Sinon : Paramètres, « Vie privée et sécurité », « Gérer les exceptions », et autorisez ce site."),
            )
        case "Chrome" | "Opera":
            steps = (
                _("Ouvrez Paramètres, puis « Confidentialité et sécurité », puis « Cookies »."),
                _("Autorisez les cookies pour ce site."),
            )
        case "Edge":
            steps = (
                _("Ouvrez Paramètres, puis « Cookies et autorisations de site »."),
                _("Autorisez ce site à enregistrer des cookies."),
            )
        case "Samsung Internet":
            steps = (
                _("Ouvrez le menu, puis Paramètres, puis « Sites et téléchargements »."),
                _("Autorisez les cookies."),
            )
        case "Safari":
            steps = (
                _("Ouvrez Safari, puis Réglages, puis « Avancé »."),
                _("Décochez « Bloquer tous les cookies »."),
            )
        case _other:
            steps = (
                _("Ouvrez les réglages du navigateur, puis « Confidentialité » ou « Cookies »."),
                _("Autorisez les cookies pour ce site."),
            )
    return _in(browser), (*steps, again)


def version(browser: Browser) -> Advice:
    if browser.system in OF_APPLE:
        return _on(browser), (
            _("Ouvrez Réglages, puis « Général », puis « Mise à jour logicielle »."),
            _("Installez ce qui est proposé, puis revenez ici."),
            _("Rien n’est proposé ? Utilisez un appareil plus récent, ou appelez-nous."),
        )
    if browser.system == "Android":
        return _on(browser), (
            _("Ouvrez le magasin d’applications, puis cherchez le nom du navigateur."),
            _("Appuyez sur « Mettre à jour », puis revenez ici."),
        )
    return _in(browser), (
        _("Ouvrez le menu, puis « Aide », puis « À propos » : la mise à jour commence."),
        _("Fermez et rouvrez le navigateur, puis revenez ici."),
        _("Rien n’est proposé ? Installez Firefox, ou utilisez votre téléphone."),
    )


def captive() -> Advice:
    return _("Pour passer :"), (
        _("Ouvrez une nouvelle page, et acceptez les conditions du Wi-Fi."),
        _("Sinon, coupez le Wi-Fi et utilisez la 4G de votre téléphone."),
        _("Revenez ici et recommencez."),
    )


def blocked() -> Advice:
    return _("Dans cet ordre :"), (
        _("Essayez une fenêtre privée : la plupart des extensions y dorment."),
        _("Sinon, mettez en pause le bloqueur de publicité pour ce site."),
        _("Sinon, changez de réseau : la 4G au lieu du Wi-Fi."),
    )


def _on(browser: Browser) -> str:
    device = {
        "Windows": _("Sur votre ordinateur Windows :"),
        "Mac": _("Sur votre Mac :"),
        "iPhone": _("Sur votre iPhone :"),
        "iPad": _("Sur votre iPad :"),
        "Android": _("Sur votre appareil Android :"),
        "Chromebook": _("Sur votre Chromebook :"),
    }
    return device.get(browser.system) or _("Sur votre appareil :")


def _in(browser: Browser) -> str:
    return _("Dans {name} :").format(name=browser.name) if browser.name else _("Dans votre navigateur :")
