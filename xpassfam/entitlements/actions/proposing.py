"""Who writes a rule does not publish it: another person reads it over, and does."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xpassfam.definitions.trees import dump
from xpassfam.definitions.yaml_text import read
from xpassfam.entitlements import history
from xpassfam.entitlements.actions.publishing import close_right, publish_right, publish_vocabulary, vocabulary_title
from xpassfam.entitlements.checking import check_right, check_vocabulary
from xpassfam.entitlements.language import Case, Right
from xpassfam.entitlements.language.writing import text_of
from xpassfam.entitlements.models import VOCABULARY, Proposal, SimulatedHome, Version
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.journal.kinds import Kind
from xpassfam.ui.words import full_day


class OwnProposal(Exception):
    """Who wrote it last would publish it."""


class NotWaiting(Exception):
    """It was published, dropped or written over meanwhile."""


@dataclass(frozen=True)
class Draft:
    """What is to be proposed."""

    code: str
    title: str
    since: date
    source: str
    is_open: bool = True


def propose_right(text: str, *, reason: str, by: Actor, at: datetime) -> Proposal:
    """Raise `language.Refused` where it can't be read. Its cases may fail yet: they hold when it is published."""
    right = check_right(text, at=at).told
    assert isinstance(right, Right)  # noqa: S101
    return _propose(Draft(right.code, right.title, right.since_day, text), reason=reason, by=by, at=at)


def propose_vocabulary(text: str, *, reason: str, by: Actor, at: datetime) -> Proposal:
    vocabulary = check_vocabulary(text).told
    draft = Draft(VOCABULARY, vocabulary_title(), date.fromisoformat(vocabulary.since), text)
    return _propose(draft, reason=reason, by=by, at=at)


def propose_closing(code: str, *, since: date, reason: str, by: Actor, at: datetime) -> Proposal:
    """Version.DoesNotExist where nothing of that code was published."""
    last = Version.objects.filter(code=code).latest("number")
    draft = Draft(code, last.tree["title"], since, last.source, is_open=False)
    return _propose(draft, reason=reason, by=by, at=at)


def add_case(proposal: Proposal, case: Case, *, by: Actor, at: datetime) -> Proposal:
    cases = [*_tree(proposal).get("cases", ()), dump(case)]
    return _rewrite(proposal, cases, reason=proposal.reason, by=by, at=at)


def expect_what_came(proposal: Proposal, number: int, *, reason: str, by: Actor, at: datetime) -> Proposal:
    """What a case of it obtains becomes what it expects, for a reason that joins those before.

    IndexError where there is no such case.
    """
    tried = check_right(proposal.source, at=at).tried[number]
    cases = [dict(one) for one in _tree(proposal)["cases"]]
    amount = tried.amount if tried.case.amount is not None else None
    cases[number] = dump(replace(tried.case, answer=str(tried.judged.verdict), amount=amount))
    reasons = [proposal.reason, f"{tried.case.name} – {reason}"]
    return _rewrite(proposal, cases, reason="\n".join(filter(None, reasons)), by=by, at=at)


@transaction.atomic
def publish(proposal: Proposal, *, by: Actor, at: datetime) -> Version:
    """As it was read: what was written meanwhile is read first. Raise OwnProposal, NotWaiting, and what publishing
    raises."""
    held = _held(proposal)
    if held.stamp != proposal.stamp:
        raise NotWaiting
    if held.written_by == by.public_id:
        raise OwnProposal
    _decide(held, Proposal.State.PUBLISHED, history.APPROVED, by=by, at=at)
    if not held.is_open:
        return close_right(held.code, since=held.since, by=by, at=at)
    publishing = publish_vocabulary if held.code == VOCABULARY else publish_right
    return publishing(held.source, by=by, at=at)


@transaction.atomic
def drop(proposal: Proposal, *, by: Actor, at: datetime) -> None:
    _decide(_held(proposal), Proposal.State.DROPPED, history.DROPPED, by=by, at=at)


@transaction.atomic
def _propose(draft: Draft, *, reason: str, by: Actor, at: datetime) -> Proposal:
    proposal, _is_new = (
        Proposal.objects.waiting()
        .select_for_update()
        .update_or_create(
            code=draft.code,
            state=Proposal.State.WAITING,
            defaults={
                "title": draft.title,
                "since": draft.since,
                "is_open": draft.is_open,
                "source": draft.source,
                "reason": reason,
                "written_at": at,
                "written_by": by.public_id,
                "written_by_name": by.name,
            },
        )
    )
    facts: dict[str, Fact] = {**_named(proposal), "since": full_day(draft.since), "reason": reason}
    write(history.PROPOSED, by=by, at=at, facts=facts)
    return proposal


def _rewrite(proposal: Proposal, cases: list[Any], *, reason: str, by: Actor, at: datetime) -> Proposal:
    """On what waits now: a text written meanwhile is not written over."""
    with transaction.atomic():
        if _held(proposal).source != proposal.source:
            raise NotWaiting
        return propose_right(text_of({**_tree(proposal), "cases": cases}), reason=reason, by=by, at=at)


def _decide(held: Proposal, state: Proposal.State, kind: Kind, *, by: Actor, at: datetime) -> None:
    held.state, held.decided_at, held.decided_by_name = state, at, by.name
    held.save(update_fields=["state", "decided_at", "decided_by_name"])
    # Whose homes they were is nobody's business any more.
    SimulatedHome.objects.filter(simulation__proposal=held).delete()
    write(kind, by=by, at=at, facts={**_named(held), "author": held.written_by_name})


def _held(proposal: Proposal) -> Proposal:
    held = Proposal.objects.waiting().select_for_update().filter(pk=proposal.pk).first()
    if held is None:
        raise NotWaiting
    return held


def _named(proposal: Proposal) -> dict[str, Fact]:
    return {"code": proposal.code, "title": proposal.title}


def _tree(proposal: Proposal) -> Any:
    return read(proposal.source).tree
