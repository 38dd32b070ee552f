"""Whether Apprise knows the gateway of `SMS_URL`: asked by `manage.py check`, as `./run` and commands begin."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from xpassfam.outbox.sms import gateway_url

FOR_EXAMPLE = "+33639980000"


@register
def gateway_is_known(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.SMS_URL:
        return []
    import apprise

    if apprise.Apprise.instantiate(gateway_url(FOR_EXAMPLE, "id")) is not None:
        return []
    hint = "See docs/operate/sms.md, and the gateways that Apprise knows: https://appriseit.com/services/."
    return [
        Error(
            "SMS_URL: Apprise does not know this gateway, or finds its address incomplete.", hint=hint, id="outbox.E001"
        )
    ]
