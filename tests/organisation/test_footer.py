"""The foot of the page is drawn once for a language and an organisation, and follows both."""

import pytest

from xpassfam.organisation.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def foot(client):
    def read(**cookies):
        for name, value in cookies.items():
            client.cookies[name] = value
        return client.get("/aide/").content.decode().partition('<footer class="foot">')[2]

    return read


def configure(**facts):
    Organisation.objects.update_or_create(defaults=facts)
    from xpassfam.organisation.models import forget

    forget()


def test_it_follows_the_organisation(foot):
    configure(support_email="one@example.org")
    assert "mailto:one@example.org" in foot()
    configure(support_email="two@example.org", support_phone="02 61 91 44 00")
    page = foot()
    assert "mailto:two@example.org" in page
    assert "one@example.org" not in page
    assert 'href="tel:+33261914400"' in page


def test_it_follows_the_language_and_comes_back(foot):
    assert "Mentions légales" in foot()
    assert "Mentions légales" not in foot(lang="en")
    assert "Mentions légales" in foot(lang="fr")


def test_what_the_organisation_writes_is_escaped(foot):
    configure(support_phone="<b>1</b>")
    assert "<b>1</b>" not in foot()
