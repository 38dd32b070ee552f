"""Two parents of the demo: one asks for another sharing of the aids, the other has to answer."""

from django.utils import timezone

from xpassfam.filings.demo.players import Answers, Cast
from xpassfam.people.models import Residence

SOPHIE = "sophie.petit@example.org"


def tell(cast: Cast) -> None:
    """Nothing is decided: what each home has the right to stays as it is."""
    sophie = cast.family(SOPHIE)
    stays = Residence.objects.visible_to(sophie.access) if sophie else Residence.objects.none()
    tom = stays.filter(is_shared=True).select_related("person").first()
    if sophie is None or tom is None:
        return
    since = timezone.localdate(cast.ago(60)).replace(day=1)
    answers: Answers = {
        "child": {"child": tom.person.public_id, "since": since.isoformat(), "rhythm": "week"},
        "sharing": {"sharing": "me", "proof": "online"},
    }
    cast.file(sophie, "D06", answers, days=2)
