"""Addresses of accounts: fixed points for outsiders."""

from django.urls import path

from xpassfam.accounts.agent_views import email_changes, new_passwords, recovery, security, why
from xpassfam.accounts.agent_views import second_step as second_step_rules
from xpassfam.accounts.family_views import channels as own_channels
from xpassfam.accounts.family_views import devices as own_devices
from xpassfam.accounts.family_views import email as own_email
from xpassfam.accounts.family_views import email_back as own_email_back
from xpassfam.accounts.family_views import passwords as own_password
from xpassfam.accounts.family_views import second_step as own_second_step
from xpassfam.accounts.family_views import security as own_security
from xpassfam.accounts.public_views import (
    all_lost,
    confirming,
    disowning,
    first_step,
    passwords,
    prolonging,
    second_step,
    signing_in,
    signing_up,
    stopping,
    which_address,
)

app_name = "accounts"
urlpatterns = [
    path("connexion/", signing_in.sign_in, name="sign-in"),
    path("connexion/adresse/", which_address.which_address, name="which-address"),
    path("connexion/deblocage/", signing_in.ask_unlock, name="ask-unlock"),
    path("connexion/deblocage/<str:token>/", signing_in.unlock, name="unlock"),
    path("connexion/adresse/<str:token>/", stopping.stop_email_change, name="stop-email-change"),
    path("connexion/confirmer/", confirming.confirm, name="confirm"),
    path("connexion/cle/", signing_in.by_passkey, name="sign-in-by-passkey"),
    path("connexion/cle/defi/", second_step.passkey_options, name="passkey-options"),
    path("connexion/deuxieme-etape/", second_step.second_step, name="second-step"),
    path("connexion/deuxieme-etape/envoi/", second_step.send_code, name="second-step-send"),
    path("connexion/deuxieme-etape/activer/", first_step.first, name="second-step-first"),
    path("connexion/deuxieme-etape/activer/defi/", first_step.passkey_options, name="first-passkey-options"),
    path("connexion/session/", prolonging.session, name="session"),
    path("connexion/deuxieme-etape/tout-perdu/", all_lost.all_lost, name="all-lost"),
    path("connexion/secours/", all_lost.by_letter, name="by-letter"),
    path("connexion/secours/arret/<str:token>/", all_lost.stop, name="stop-recovery"),
    path("connexion/secours/<str:token>/", all_lost.reopen, name="reopen"),
    path("deconnexion/", signing_in.sign_out, name="sign-out"),
    path("inscription/", signing_up.sign_up, name="sign-up"),
    path("inscription/attente/<slug:public_id>/", signing_up.waiting, name="sign-up-waiting"),
    path("inscription/attente/<slug:public_id>/etat/", signing_up.waiting_state, name="sign-up-state"),
    path("inscription/attente/<slug:public_id>/renvoi/", signing_up.resend, name="sign-up-resend"),
    path("inscription/attente/<slug:public_id>/adresse/", signing_up.correct_address, name="sign-up-address"),
    path("activation/<str:token>/", signing_up.activate, name="activate"),
    path("mot-de-passe/oublie/", passwords.forgotten, name="forgotten"),
    path("mot-de-passe/nouveau/<str:token>/", passwords.new_password, name="new-password"),
    path("mon-compte/securite/", own_security.security, name="security"),
    path("mon-compte/securite/application/", own_second_step.totp_key, name="totp"),
    path("mon-compte/securite/cle/", own_second_step.passkey, name="passkey"),
    path("mon-compte/securite/cle/defi/", own_second_step.new_passkey_options, name="new-passkey-options"),
    path("mon-compte/securite/codes-de-secours/", own_second_step.make_recovery_codes, name="recovery-codes"),
    path("mon-compte/securite/activer/<slug:method>/", own_second_step.switch_on, name="switch-on"),
    path("mon-compte/securite/retirer/<slug:what>/", own_second_step.remove, name="remove-second-step"),
    path("mon-compte/securite/secours/arret/", own_security.stop_recovery, name="stop-own-recovery"),
    path("mon-compte/securite/appareils/autres/", own_devices.end_others, name="end-others"),
    path("mon-compte/securite/appareils/<slug:public_id>/confiance/", own_devices.distrust, name="distrust"),
    path("mon-compte/securite/appareils/<slug:public_id>/", own_devices.end, name="end-device"),
    path("mon-compte/securite/adresse/", own_email.change_email, name="change-email"),
    path("mon-compte/securite/adresse/ancienne/", own_email_back.put_back, name="put-email-back"),
    path("mon-compte/securite/adresse/code/", own_email.email_code, name="email-code"),
    path("mon-compte/securite/adresse/renvoi/", own_email.send_again, name="email-again"),
    path("mon-compte/securite/adresse/abandon/", own_email.give_up, name="email-give-up"),
    path("mon-compte/securite/adresse/lien/<str:token>/", own_email.email_link, name="email-link"),
    path("mon-compte/securite/mot-de-passe/", own_password.change_password, name="change-password"),
    path("mon-compte/securite/telephone/", own_channels.phone, name="phone"),
    path("mon-compte/securite/telephone/code/", own_channels.phone_code, name="phone-code"),
    path("mon-compte/securite/telephone/code/envoi/", own_channels.send_phone_code, name="phone-code-send"),
    path("mon-compte/securite/telephone/retrait/", own_channels.remove_phone, name="remove-phone"),
    path("mon-compte/securite/messages/", own_channels.channels, name="channels"),
    path("mon-compte/securite/discret/", own_channels.discreet, name="discreet"),
    path("ce-n-etait-pas-moi/<str:token>/", disowning.not_me, name="not-me"),
    path("gestion/pourquoi/", why.why, name="why"),
    path("gestion/pourquoi/<slug:step>/", why.help_them, name="help-them"),
    path("gestion/securite/", security.contestations, name="contestations"),
    path("gestion/securite/deuxieme-etape/", second_step_rules.second_step, name="second-step-rules"),
    path("gestion/securite/courriers/", recovery.letters, name="recovery-letters"),
    path("gestion/securite/courriers/<slug:public_id>/", recovery.recovery, name="recovery"),
    path("gestion/securite/courriers/<slug:public_id>/courrier.pdf", recovery.letter, name="recovery-letter"),
    path("gestion/securite/courriers/<slug:public_id>/arret/", recovery.stop, name="agent-stops-recovery"),
    path("gestion/securite/secours/<slug:person>/", recovery.start, name="start-recovery"),
    path("gestion/securite/mots-de-passe/", new_passwords.new_passwords, name="new-passwords"),
    path("gestion/securite/<slug:public_id>/", security.contestation, name="contestation"),
    path("gestion/securite/<slug:public_id>/adresse/", email_changes.propose, name="propose-email"),
    path("gestion/securite/<slug:public_id>/adresse/accord/", email_changes.grant, name="grant-email"),
]
