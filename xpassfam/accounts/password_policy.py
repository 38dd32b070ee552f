"""The organisation's password policy, said to people: sign-up, reset and change ask here."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xpassfam.accounts.leaked import is_leaked
from xpassfam.accounts.models import Account
from xpassfam.organisation.models import current
from xpassfam.people.models import Person, Residence
from xpassfam.rules.passwords import Context, Policy, Refusal, refusals
from xpassfam.ui import strength

CLASSES = {
    "lower": gettext_lazy("une minuscule"),
    "upper": gettext_lazy("une majuscule"),
    "digit": gettext_lazy("un chiffre"),
    "symbol": gettext_lazy("un symbole"),
}


def rules() -> list[str]:
    """What a new password needs, to be read before typing."""
    return strength.rules(current())


def check(password: str, *, words: Iterable[str] = (), birth_dates: Iterable[date] = ()) -> list[str]:
    """What to change in `password`, one sentence each; nothing when it is good.

    `words`: names, e-mail, numbers that the person typed. Before identity is proved give nothing of
    the register: a refusal would tell a stranger what it holds.
    """
    organisation = current()
    policy = Policy(organisation.password_min_length, organisation.password_min_length_mixed)
    context = Context(tuple(filter(None, words)), tuple(birth_dates), tuple(organisation.context_words))
    found = refusals(password, policy=policy, context=context)
    # Asked last, of those alone that would be taken.
    if not found and is_leaked(password):
        return [str(_SENTENCES["leaked"])]
    return [say(refusal, policy) for refusal in found]


def check_for(account: Account, password: str, *, on: date | None = None) -> list[str]:
    """The same for an account that exists: with what the register knows of the person and of the home."""
    people = _at_home(account.person, on or timezone.localdate())
    words = [account.first_name, account.last_name, account.email]
    for person in people:
        words += [person.first_names, person.last_name, person.birth_name, person.member_number or ""]
    return check(password, words=words, birth_dates=[person.birth_date for person in people if person.birth_date])


def _at_home(person: Person | None, on: date) -> list[Person]:
    if person is None:
        return []
    homes = Residence.objects.open_on(on).filter(person=person).values("household")
    stays = Residence.objects.open_on(on).filter(household__in=homes).exclude(person=person)
    return [person, *Person.objects.filter(pk__in=stays.values("person"))]


def say(refusal: Refusal, policy: Policy) -> str:
    """A refusal as a sentence that tells what to do."""
    if refusal.code == "too_short":
        return _say_too_short(refusal, policy)
    if refusal.code == "own_word":
        return _("Retirez « %(word)s » : qui vous connaît y pense tout de suite.") % {"word": refusal.words[0]}
    return _SENTENCES[refusal.code] % {"number": refusal.number}


def _say_too_short(refusal: Refusal, policy: Policy) -> str:
    text = ngettext(
        "Ajoutez %(number)s caractère : il en faut %(length)s.",
        "Ajoutez %(number)s caractères : il en faut %(length)s.",
        refusal.number,
    ) % {"number": refusal.number, "length": policy.length}
    if policy.length - refusal.number < policy.mixed_length or policy.mixed_length >= policy.length:
        return text
    missing = [str(CLASSES[name]) for name in refusal.words]
    listed = _(" et ").join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
    return text + " " + _("Ou gardez cette longueur, et ajoutez %(missing)s.") % {"missing": listed}


_SENTENCES = {
    "too_long": gettext_lazy("Raccourcissez-le : %(number)s caractères suffisent largement."),
    "outer_space": gettext_lazy(
        "Retirez l’espace au début ou à la fin du mot de passe. Il vient sans doute du copier-coller."
    ),
    "common": gettext_lazy(
        "Ce mot de passe est trop courant : il est dans les listes que les pirates essaient. "
        "Prenez plutôt trois ou quatre mots sans lien entre eux."
    ),
    "leaked": gettext_lazy(
        "Ce mot de passe a fui d’un autre site : des pirates l’ont dans leurs listes. Prenez-en un autre, et "
        "changez-le aussi là où vous l’utilisez."
    ),
    "guessable_dictionary": gettext_lazy(
        "Ce mot de passe se devine facilement : un mot connu ne suffit pas, même avec des chiffres. "
        "Ajoutez un ou deux mots sans lien avec lui."
    ),
    "guessable_spatial": gettext_lazy(
        "Des touches qui se suivent sur le clavier se devinent vite. Remplacez-les par des mots sans lien entre eux."
    ),
    "guessable_repeat": gettext_lazy(
        "Répéter la même chose n’ajoute presque rien. Remplacez les répétitions par d’autres mots."
    ),
    "guessable_sequence": gettext_lazy(
        "Une suite comme « abcd » ou « 1234 » se devine vite. Remplacez-la par des mots sans lien entre eux."
    ),
    "guessable_date": gettext_lazy("Une date se devine vite. Remplacez-la par des mots sans lien entre eux."),
    "guessable_regex": gettext_lazy("Une année se devine vite. Remplacez-la par des mots sans lien entre eux."),
    "guessable_bruteforce": gettext_lazy(
        "Ce mot de passe est encore facile à deviner. Ajoutez un ou deux mots sans lien entre eux."
    ),
}


class PolicyValidator:
    """The same policy where Django asks: the admin and management commands (AUTH_PASSWORD_VALIDATORS)."""

    def validate(self, password: str, user: object = None) -> None:
        found = check_for(user, password) if isinstance(user, Account) else check(password)
        if found:
            raise ValidationError(found)

    def get_help_text(self) -> str:
        return " ".join(f"{rule}." for rule in rules())
