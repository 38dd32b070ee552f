"""Fill an empty portal; a second time, change nothing that somebody tried."""

import csv
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import demo as accounts_demo
from xpassfam.accounts import history as accounts_history
from xpassfam.accounts.actions import activation_codes, choosing_channels, known_addresses, staff
from xpassfam.accounts.actions.second_step import totp
from xpassfam.accounts.models import Account, ActivationCode, KnownAddress, Team, TotpKey
from xpassfam.accounts.models.channels import Subject
from xpassfam.certificates import demo as certificates_demo
from xpassfam.dashboard import demo as dashboard_demo
from xpassfam.demo import cast
from xpassfam.demo.cast import Player
from xpassfam.documents import demo as documents_demo
from xpassfam.entitlements import demo as entitlements_demo
from xpassfam.filings import demo as filings_demo
from xpassfam.household import demo as household_demo
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.organisation import demo as organisation_demo
from xpassfam.payments import demo as payments_demo
from xpassfam.people.models import Access, Person, Residence
from xpassfam.privacy import demo as privacy_demo
from xpassfam.procedures import demo as procedures_demo
from xpassfam.register.actions.importing import import_files
from xpassfam.rules.identifiers import fold
from xpassfam.rules.second_step import Method
from xpassfam.services import demo as services_demo
from xpassfam.support import demo as support_demo

DEMO = Actor(kind="system", name="demo")
LET_IN_FOR = timedelta(days=420)


def load(*, at: datetime) -> None:
    """The organisation, its register, the accounts of the first families and the staff, what families did."""
    organisation_demo.load(at=at)
    if not Person.objects.exists():
        import_files(sorted(cast.REGISTER.glob("*.csv")), by=DEMO, at=at)
    _open_family_accounts(at=at)
    _choose_channels(at=at)
    _open_staff_accounts(at=at)
    _renew_codes(at=at)
    accounts_demo.load(at=at)
    dashboard_demo.load(at=at)
    household_demo.load(by=DEMO, at=at)
    payments_demo.load(by=DEMO, at=at)
    services_demo.load(by=DEMO, at=at)
    procedures_demo.load(by=DEMO, at=at)
    documents_demo.load(at=at)
    entitlements_demo.load(by=DEMO, at=at)
    filings_demo.load(at=at)
    certificates_demo.load(by=DEMO, at=at)
    privacy_demo.load(at=at)
    support_demo.load(at=at)
    _settle_addresses(at=at)


def _adults() -> list[tuple[Residence, Person]]:
    """The adults of the first families, family by family."""
    homes = Residence.objects.filter(household__file_number__in=cast.FILES, person__member_number__isnull=False)
    rows = sorted(
        homes.select_related("person", "household"),
        key=lambda row: (cast.FILES.index(row.household.file_number), row.pk),
    )
    return [(row, row.person) for row in rows]


def _open_family_accounts(*, at: datetime) -> None:
    encoded = ""
    for _home, person in _adults():
        if person.member_number in cast.NOT_ACTIVATED or Account.objects.filter(person=person).exists():
            continue
        encoded = encoded or make_password(cast.FAMILY_PASSWORD)
        kind = cast.SECOND_STEPS.get(person.member_number or "")
        account = Account.objects.create(
            email=person.email,
            first_name=person.first_names,
            last_name=person.last_name,
            phone=person.phone,
            phone_verified_at=at if person.member_number in cast.WITH_SMS or kind == Method.SMS else None,
            person=person,
            password=encoded,
            password_changed_at=at,
            blocked_at=at if person.member_number in cast.BLOCKED else None,
            second_step_email=kind == Method.EMAIL,
            second_step_sms=kind == Method.SMS,
        )
        if kind == Method.TOTP:
            totp.keep(account, cast.totp_key(account.email), at=at)
        ActivationCode.objects.filter(person=person, used_at=None).update(used_at=at)
        # They act for their home for longer than the demo tells of their requests.
        Access.objects.filter(person=person).update(since=timezone.localdate(at) - LET_IN_FOR)


def _settle_addresses(*, at: datetime) -> None:
    """Families have lived there for longer than the demo: a letter of recovery may go out on its first day."""
    if not KnownAddress.objects.exists():
        known_addresses.note(at=at - 2 * known_addresses.KNOWN_FOR)


def _choose_channels(*, at: datetime) -> None:
    """Sophie is told of her requests by SMS as well."""
    for account in Account.objects.filter(person__member_number__in=cast.WITH_SMS, contact_choices=None):
        choosing_channels.choose(account, without_email=[], by_sms=[Subject.REQUESTS], device="", at=at)


def _open_staff_accounts(*, at: datetime) -> None:
    team, _is_new = Team.objects.get_or_create(name=cast.TEAM)
    for first_name, last_name, role, job_title in cast.STAFF:
        email = staff_email(first_name, last_name)
        if Account.objects.filter(email=email).exists():
            continue
        with transaction.atomic():
            names = {"first_name": first_name, "last_name": last_name}
            facts = {"role": role, "job_title": job_title, "may_pay": last_name in cast.PAYERS}
            facts["may_open_archives"] = last_name in cast.ARCHIVISTS
            account = staff.create(Account(email=email, **facts, **names), by=DEMO, at=at)
            account.set_password(cast.STAFF_PASSWORD)
            account.save(update_fields=["password"])
            account.teams.add(team)
            totp.keep(account, cast.totp_key(email), at=at)


def staff_email(first_name: str, last_name: str) -> str:
    return f"{fold(first_name)}.{fold(last_name)}@solidarite-estuaire.example"


def _codes() -> dict[str, str]:
    """Register key → code, as the example's letters have it."""
    with (cast.REGISTER / "codes.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows)
        return dict(rows)


def _renew_codes(*, at: datetime) -> None:
    """The demo never ages: codes that nobody used are good for 30 days more."""
    codes = _codes()
    for _home, person in _adults():
        has_account = Account.objects.filter(person=person).exists()
        live = ActivationCode.objects.filter(person=person, used_at=None, superseded_at=None, expires_at__gt=at)
        if not has_account and person.register_key in codes and not live.exists():
            activation_codes.issue(person, code=codes[person.register_key], by=DEMO, at=at)


def players() -> list[tuple[str, list[Player]]]:
    """Families then staff, each with who can sign in and with what."""
    codes = _codes()
    accounts = {account.person_id: account for account in Account.objects.filter(person__isnull=False)}
    changed = _with_a_password_of_their_own()
    keys = {kept.account_id: kept for kept in TotpKey.objects.select_related("account")}
    now = timezone.now()
    lines = []
    for home, person in _adults():
        account = accounts.get(person.pk)
        lines.append(
            (
                home.household.name,
                Player(
                    name=str(person),
                    role="family",
                    active=bool(account and account.is_active),
                    blocked=bool(account and account.blocked_at),
                    email=account.email if account else person.email,
                    member_number=person.member_number or "",
                    password=cast.FAMILY_PASSWORD if account and account.public_id not in changed else "",
                    has_changed_password=bool(account and account.public_id in changed),
                    activation_code="" if account else codes.get(person.register_key or "", ""),
                    file_number=home.household.file_number,
                    birth_date=person.birth_date,
                    **_second_step(account, keys.get(account.pk) if account else None, at=now),
                ),
            )
        )
    groups = [(name, [player for _name, player in group]) for name, group in groupby(lines, key=lambda line: line[0])]
    staff_ids = dict(Account.objects.exclude(role=Account.Role.FAMILY).values_list("email", "public_id"))
    changed_staff = {email for email, public_id in staff_ids.items() if public_id in changed}
    staff_keys = {kept.account.email: kept for kept in keys.values()}
    team = [_staff_player(*someone, changed=changed_staff, keys=staff_keys, at=now) for someone in cast.STAFF]
    return [*groups, ("", team)]


def _second_step(account: Account | None, kept: TotpKey | None, *, at: datetime) -> dict[str, Any]:
    """As it stands now: visitors turn it on and off."""
    if account is None:
        return {}
    if kept:
        key = totp.key_of(kept, account)
        return {"second_step": Method.TOTP, "totp_secret": key, "totp_code": totp.code_at(key, at)}
    if account.second_step_sms:
        return {"second_step": Method.SMS}
    return {"second_step": Method.EMAIL} if account.second_step_email else {}


def _with_a_password_of_their_own() -> set[str]:
    """Accounts whose visitor chose another password than the demo's, or opened the account with one."""
    kinds = (accounts_history.PASSWORD_CHANGED.code, accounts_history.ACCOUNT_OPENED.code)
    told = Line.objects.filter(kind__in=kinds).values_list("account", "at")
    made = dict(Account.objects.values_list("public_id", "created_at"))
    # What is older than the account is the past that the demo invents.
    return {account for account, at in told if account in made and at > made[account] - timedelta(minutes=1)}


def _staff_player(
    first_name: str,
    last_name: str,
    role: str,
    _job_title: str,
    *,
    changed: set[str],
    keys: Mapping[str, TotpKey],
    at: datetime,
) -> Player:
    email = staff_email(first_name, last_name)
    kept = keys.get(email)
    return Player(
        name=f"{first_name} {last_name}",
        role=role,
        active=True,
        blocked=False,
        email=email,
        member_number="",
        password="" if email in changed else cast.STAFF_PASSWORD,
        has_changed_password=email in changed,
        activation_code="",
        file_number="",
        birth_date=None,
        **_second_step(kept.account if kept else None, kept, at=at),
    )
