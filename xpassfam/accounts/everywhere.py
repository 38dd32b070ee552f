"""What must reach a person wherever they can be reached: whoever reads one of the channels can act at once."""

from datetime import datetime, timedelta

from xpassfam.accounts import tokens
from xpassfam.accounts.models import Account, Alert, EmailChange
from xpassfam.accounts.reaching import ways_of
from xpassfam.accounts.telling import DISOWNED_WITHIN
from xpassfam.journal.kinds import Kind
from xpassfam.outbox.actions import send, send_sms

FORMER_FOR = timedelta(days=30)


def tell_everywhere(
    account: Account,
    template: str,
    *,
    sms: str,
    at: datetime,
    also: str = "",
    about: Kind | None = None,
    **context: object,
) -> None:
    """By mail to the account's address, those of the last month, the register's and `also`; by SMS to both numbers.

    In the caller's transaction.

    With `about`, `path` is where « Ce n’était pas moi » acts without signing in, as in `telling.alert`.
    Discreet mode holds: to whoever lives with an intruder, nothing but by channels known to be theirs alone.
    """
    if about:
        token = tokens.new_token()
        until = at + DISOWNED_WITHIN
        Alert.objects.create(
            account=account, digest=tokens.digest(token), kind=about.code, created_at=at, expires_at=until
        )
        context["path"] = f"/ce-n-etait-pas-moi/{token}/"
    ways, person = ways_of(account, at=at), account.person
    emails, phones = [ways.email], [ways.phone]
    if ways.is_discreet:
        context["is_discreet"] = True
    else:
        changed = EmailChange.objects.filter(account=account, confirmed_at__gt=at - FORMER_FOR)
        emails += [person.email if person else "", also, *changed.values_list("old_email", flat=True)]
        phones += [person.phone if person else ""]
    for email in dict.fromkeys(filter(None, emails)):
        whole = {"first_name": account.first_name, **context}
        send(template, to=email, context=whole, at=at, account_id=account.public_id)
    for phone in dict.fromkeys(filter(None, phones)):
        send_sms(sms, to=phone, context=context, at=at, account_id=account.public_id)
