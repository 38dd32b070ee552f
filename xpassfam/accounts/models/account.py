"""A person's own access to the portal, family or staff."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import SecondStep
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import Identifier, new_public_id


class Team(models.Model):
    """Agents who share a queue."""

    name = models.CharField(_("nom"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("équipe")
        verbose_name_plural = _("équipes")

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    def meant_by(self, identifier: Identifier) -> "models.QuerySet[Account]":
        """The account that an identifier leads to, unless it is closed: the same query whatever was typed."""
        column = "person__member_number" if identifier.kind == "member_number" else "email"
        return self.select_related("person").filter(closed_at=None, **{column: identifier.value})


class Account(AbstractBaseUser):
    """One e-mail, one account, one person.

    The e-mail is stored normalised and compared with `=`; the member number is the person's.
    """

    class Role(models.TextChoices):
        FAMILY = "family", _("Famille")
        AGENT = "agent", _("Agent")
        ADMINISTRATOR = "administrator", _("Administrateur")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    email = models.CharField(_("adresse e-mail"), max_length=254, unique=True)
    last_name = models.CharField(_("nom"), max_length=120)
    first_name = models.CharField(_("prénom"), max_length=120)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    # Until its owner proved to hold it, nothing goes there.
    phone_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="account")
    role = models.CharField(_("rôle"), max_length=20, choices=Role, default=Role.FAMILY)
    job_title = models.CharField(
        _("fonction"), max_length=80, blank=True, help_text=_("Écrite sous les décisions : « gestionnaire ».")
    )
    may_pay = models.BooleanField(
        _("s’occupe des paiements"),
        default=False,
        help_text=_("Cet agent voit ce qui est à verser, et exporte les numéros de compte des familles."),
    )
    may_open_archives = models.BooleanField(
        _("ouvre les archives"),
        default=False,
        help_text=_("Cet agent ouvre les demandes archivées. Il dit pourquoi, et la famille le lit."),
    )
    teams = models.ManyToManyField(Team, blank=True, verbose_name=_("équipes"))
    # What the organisation asks of this account in particular; nothing: what it asks of all.
    second_step_policy = models.CharField(max_length=10, blank=True, choices=SecondStep)
    second_step_email = models.BooleanField(default=False)
    second_step_sms = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    password_changed_at = models.DateTimeField(null=True)
    password_due_at = models.DateTimeField(null=True, editable=False)
    blocked_at = models.DateTimeField(_("bloqué le"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Its owner asked for it: as `Closing.due_at`, so that the first page says it without a query.
    closes_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Devices and the history know when; Django would write it to the account at each sign-in.
    last_login = None

    objects = AccountManager()

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [
            models.CheckConstraint(condition=~models.Q(email=""), name="account_has_email"),
            models.CheckConstraint(
                condition=~models.Q(role="family") | models.Q(person__isnull=False), name="account_of_family_has_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.blocked_at is None and self.closed_at is None

    @property
    def password_is_due(self) -> bool:
        """The organisation asked for another password, which was not chosen yet: the one that is opens nothing."""
        changed_at = self.password_changed_at
        return self.password_due_at is not None and (changed_at is None or changed_at <= self.password_due_at)

    @property
    def verified_phone(self) -> str:
        """The number, once its owner proved to hold it."""
        return self.phone if self.phone_verified_at else ""

    @property
    def is_agent(self) -> bool:
        return self.role == self.Role.AGENT

    @property
    def is_administrator(self) -> bool:
        return self.role == self.Role.ADMINISTRATOR

    @property
    def is_payer(self) -> bool:
        return self.is_agent and self.may_pay

    @property
    def is_staff(self) -> bool:
        """Agents handle families' files in `/gestion/`; administrators keep the register and `/admin/`."""
        return self.role != self.Role.FAMILY

    @property
    def actor(self) -> Actor:
        return Actor(kind=self.role, public_id=self.public_id, name=str(self))

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_administrator

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end with the password, not with its hash, which is renewed when the cost of hashing changes.

        And with the demand for another: a sign-in that was under way then opens none.
        """
        changed_at = self.password_changed_at.isoformat() if self.password_changed_at else ""
        if self.password_is_due:
            changed_at += f" {self.password_due_at}"
        return salted_hmac(
            "xpassfam.accounts.session", f"{self.public_id}:{changed_at}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_short_name(self) -> str:
        return self.first_name
