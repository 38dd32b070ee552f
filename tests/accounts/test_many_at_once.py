"""Two processes, many threads, one instant: what is counted is exact, what serves once serves once."""

import pytest

from tests.accounts.factories import PASSWORD

WRONG = "pas-le-bon-du-tout"


def test_of_a_hundred_guesses_at_once_five_are_hashed(rivals):
    rivals.call("open_account", email="guessed@example.org", member_number="ESF-2019-004812-K")
    guess = ("/connexion/", {"username": "guessed@example.org", "password": WRONG})
    statuses, work = rivals.post([guess] * 100)
    assert work == {"encode": 0, "verify": 5}
    assert sorted(statuses) == [200] * 4 + [429] * 96


def test_by_e_mail_and_number_at_once_ten_are_hashed_and_each_counted_for_the_account(rivals):
    rivals.call("open_account", email="both@example.org", member_number="ESF-2019-004813-R")
    guesses = [
        ("/connexion/", {"username": identifier, "password": WRONG})
        for identifier in ("both@example.org", "ESF-2019-004813-R")
    ]
    _, work = rivals.post(guesses * 30)
    assert work["verify"] == 10


def test_somebody_unknown_is_guessed_at_no_more_often(rivals):
    guess = ("/connexion/", {"username": "nobody@example.org", "password": WRONG})
    assert rivals.post([guess] * 60)[1] == {"encode": 0, "verify": 5}


def test_of_forty_wrong_digits_at_once_five_are_judged(rivals):
    waiting = rivals.call("begin_sign_up", email="digits@example.org", member_number="ESF-2020-000001-A")
    wrong = f"{(int(waiting['digits']) + 1) % 1_000_000:06d}"
    rivals.post([(waiting["page"], {"code": wrong, "password": PASSWORD})] * 40)
    [(tries,)] = rivals.portal.sql("SELECT code_tries FROM accounts_pendingsignup WHERE email = 'digits@example.org'")
    assert tries == 5
    assert rivals.post([(waiting["page"], {"code": waiting["digits"], "password": PASSWORD})])[0] == [200]


def test_of_a_hundred_wrong_codes_of_a_letter_at_once_fifty_are_hashed_and_judged(rivals):
    good = rivals.call("expect_somebody", member_number="ESF-2020-000002-B")
    form = {"first_name": "Camille", "last_name": "Martin", "proof": "code", "password": PASSWORD}
    proof = {"member_number": "ESF-2020-000002-B", "activation_code": "K7QF-2M9TXV"}
    assert good != proof["activation_code"]
    asked = [("/inscription/", {**form, **proof, "email": f"letter{n}@example.org"}) for n in range(100)]
    statuses, work = rivals.post(asked)
    # An hour may end while they knock: the next one has its own.
    assert work["encode"] in (50, 100)
    assert statuses.count(302) == work["encode"]


@pytest.mark.parametrize("way", ["link", "digits"])
def test_an_account_opens_once_however_many_knock(rivals, way):
    number = "ESF-2020-000003-C" if way == "link" else "ESF-2020-000004-D"
    email = f"once-{way}@example.org"
    waiting = rivals.call("begin_sign_up", email=email, member_number=number)
    request = (
        (waiting["link"], {}) if way == "link" else (waiting["page"], {"code": waiting["digits"], "password": PASSWORD})
    )
    statuses, _ = rivals.post([request] * 24)
    assert statuses.count(302) == 1
    assert set(statuses) <= {200, 302, 410}
    assert rivals.portal.sql(f"SELECT count(*) FROM accounts_account WHERE email = '{email}'") == [(1,)]
    assert rivals.portal.sql(
        f"SELECT count(*) FROM outbox_message WHERE template = 'accounts/mail/welcome' AND \"to\" = '{email}'"
    ) == [(1,)]


def test_link_and_digits_at_once_open_one_account(rivals):
    waiting = rivals.call("begin_sign_up", email="ways@example.org", member_number="ESF-2020-000005-E")
    statuses, _ = rivals.post(
        [(waiting["link"], {}), (waiting["page"], {"code": waiting["digits"], "password": PASSWORD})] * 4
    )
    assert statuses.count(302) == 1
    assert rivals.portal.sql("SELECT count(*) FROM accounts_account WHERE email = 'ways@example.org'") == [(1,)]


def test_one_code_of_a_letter_opens_one_of_two_sign_ups(rivals):
    number = "ESF-2020-000006-F"
    first = rivals.call("begin_sign_up", email="one@example.org", member_number=number)
    second = rivals.call("begin_sign_up", email="two@example.org", member_number=number, code=first["code"])
    statuses, _ = rivals.post([(first["link"], {}), (second["link"], {})] * 4)
    assert statuses.count(302) == 1
    opened = "SELECT count(*) FROM accounts_account WHERE email IN ('one@example.org', 'two@example.org')"
    assert rivals.portal.sql(opened) == [(1,)]


def test_a_link_sets_one_new_password(rivals):
    rivals.call("open_account", email="forgot@example.org", member_number="ESF-2020-000007-G")
    link = rivals.call("ask_for_link", email="forgot@example.org")
    words = ["tambour", "lavande", "girafe", "brouette", "ficelle", "moulin", "citerne", "falaise"]
    statuses, _ = rivals.post([(link, {"new_password": f"canot-brume-{word}-41"}) for word in words])
    assert sorted(statuses) == [302] + [410] * 7
    template = "accounts/mail/password_changed"
    assert rivals.portal.sql(f"SELECT count(*) FROM outbox_message WHERE template = '{template}'") == [(1,)]


def test_parallel_renewals_send_one_message(rivals):
    waiting = rivals.call("begin_sign_up", email="again@example.org", member_number="ESF-2020-000008-H")
    rivals.post([(f"{waiting['page']}renvoi/", {})] * 8)
    rivals.call("work_off")
    sent = "SELECT count(*) FROM outbox_message WHERE \"to\" = 'again@example.org'"
    assert rivals.portal.sql(sent) == [(1,)]


def test_parallel_askings_for_a_password_send_one_link(rivals):
    rivals.call("open_account", email="hurry@example.org", member_number="ESF-2020-000009-J")
    rivals.post([("/mot-de-passe/oublie/", {"username": "hurry@example.org"})] * 8)
    asked = "SELECT count(*) FROM accounts_passwordreset r JOIN accounts_account a ON a.id = r.account_id"
    assert rivals.portal.sql(f"{asked} WHERE a.email = 'hurry@example.org'") == [(1,)]


def test_a_session_ended_by_one_process_is_refused_by_the_other(rivals):
    rivals.call("open_account", email="ended@example.org", member_number="ESF-2020-000010-K")
    cookie = rivals.call("sign_in", email="ended@example.org")
    assert rivals.each("page_for", cookie=cookie) == [200, 200]
    rivals.post([(rivals.call("ask_for_link", email="ended@example.org"), {"new_password": "canot-brume-tuile-41"})])
    assert rivals.each("page_for", cookie=cookie) == [302, 302]


def test_of_a_hundred_guesses_at_everybody_as_many_are_hashed_as_the_portal_takes_in_a_minute(rivals):
    rivals.call("take_failures", per_minute=20)
    guesses = [("/connexion/", {"username": f"crowd{n}@example.org", "password": WRONG}) for n in range(100)]
    statuses, work = rivals.post(guesses)
    rivals.call("take_failures", per_minute=10_000)
    # A minute may end while they knock: the next one has its own.
    assert work["verify"] in (20, 40)
    assert statuses.count(200) == work["verify"]


def test_a_device_signed_out_from_another_one_is_out_in_every_process(rivals):
    rivals.call("open_account", email="others@example.org", member_number="ESF-2020-000011-L")
    here, there = (rivals.call("sign_in", email="others@example.org") for _ in range(2))
    assert rivals.each("page_for", cookie=there) == [200, 200]
    assert rivals.call("end_others", cookie=here) == 302
    assert rivals.each("page_for", cookie=there) == [302, 302]
    assert rivals.each("page_for", cookie=here) == [200, 200]


def test_of_twenty_who_reopen_an_account_by_one_letter_at_once_one_does(rivals):
    lost = rivals.call("lose_everything", email="lost@example.org", member_number="ESF-2021-000077-T")
    typed = {"letter_code": lost["code"], "new_password": "canot-brume-tuile-41"}
    statuses, _ = rivals.post([(lost["link"], typed)] * 20)
    assert statuses.count(302) == 1
    assert set(statuses) <= {302, 410}
    [(outcome,)] = rivals.portal.sql("SELECT outcome FROM accounts_recovery")
    assert outcome == "done"
