"""Messages to send: written with their cause, sent by the worker, never lost.

Words: a *message* is a mail to one address, or an SMS to one number (its *channel*); it is *waiting*, *sent* or
*failed*.
Doors: `outbox.actions.send` and `send_sms`, `outbox.sms.is_on`; mails' templates extend `outbox/mail_base.txt` and
`outbox/mail_base.html` and use `outbox/button.html`, `outbox/code.html` and `outbox/address.html`.
"""
