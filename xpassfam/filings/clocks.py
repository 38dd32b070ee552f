"""The dates of a filing: what was promised, and what the law makes of silence."""

from datetime import date

from django.db.models import Max
from django.utils import timezone

from xpassfam.filings.models import Completion, Filing
from xpassfam.organisation.calendar import is_working
from xpassfam.organisation.models import current
from xpassfam.rules.silence import effect_of_silence
from xpassfam.rules.time_limits import Pause, promised_on


def reckon(filing: Filing, *, filed_on: date) -> list[str]:
    """Bring the dates of a filing in step with what was asked and given; return the fields that may have changed."""
    completions = list(filing.completions.all())
    taken_back_at = filing.decisions.aggregate(last=Max("superseded_at"))["last"]
    # Answered once, it is examined anew: promised from that day, and silence has nothing left to say.
    start = timezone.localdate(taken_back_at) if taken_back_at else filed_on
    pauses = [pause for one in completions if one.stops_clock and (pause := pause_of(one)).asked_on >= start]
    waiting = next((one.until for one in completions if one.is_open), None)
    promise, rule = filing.promise, None if taken_back_at else filing.definition.silence
    due = promise and promised_on(promise, filed_on=start, pauses=pauses, is_working=is_working)
    filing.due_on = waiting or due or start
    profile = current().legal_profile
    silence = rule and effect_of_silence(profile, rule, filed_on=start, pauses=pauses, is_working=is_working)
    filing.silence_effect = silence.effect if silence else ""
    filing.silence_on = silence.on if silence else None
    return ["due_on", "silence_effect", "silence_on"]


def pause_of(completion: Completion) -> Pause:
    ended_at = completion.answered_at or completion.closed_at
    return Pause(
        asked_on=timezone.localdate(completion.asked_at),
        until=completion.until,
        ended_on=timezone.localdate(ended_at) if ended_at else None,
    )
