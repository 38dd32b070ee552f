"""A code that a person reads out and that finds the matching line of the log: `XP-7K3Q`."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

from xpassfam.rules.identifiers import new_reference

log = structlog.get_logger("xpassfam.incident")
keeping = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Incident:
    """What the log says of it, for whoever keeps it elsewhere too. `database_away`: it is no use to write there now."""

    code: str
    status: int
    method: str
    route: str
    reason: str
    error: str
    where: tuple[str, ...]
    database_away: bool


_keepers: list[Callable[[Incident], None]] = []


def keep_with(keeper: Callable[[Incident], None]) -> None:
    """At start, by a room above: it is told of each incident, after the log."""
    _keepers.append(keeper)


def record(request: HttpRequest, status: int, *, reason: str = "", error: BaseException | None = None) -> str:
    """Write the incident to the log and return its code.

    Nothing personal: the route and not the address (which may carry a token), the kind of error and where
    it happened, not its message (which may carry what was typed).
    """
    code = new_reference()
    facts: dict[str, Any] = {"incident": code, "status": status, "method": request.method, "route": route(request)}
    if reason:
        facts["reason"] = reason
    if error is not None:
        facts |= {"error": kind(error), "where": places(error)}
    (log.error if status >= 500 else log.info)("page of an error", **facts)
    is_away = isinstance(error, OperationalError | InterfaceError)
    where = tuple(facts.get("where", ()))
    kept = Incident(code, status, str(request.method), route(request), reason, facts.get("error", ""), where, is_away)
    is_planned = status == 503 and error is None  # works: nobody looks for what broke
    for keeper in () if is_planned else _keepers:
        try:
            keeper(kept)
        except Exception as problem:  # whatever breaks there, the page of the error comes out
            keeping.warning("incident not kept", incident=code, error=kind(problem))
    return code


def route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.route if match else ""


def kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
