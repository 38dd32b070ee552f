"""A code that a person reads out and that finds the matching line of the log: `XP-7K3Q`."""

import traceback
from typing import Any

import structlog
from django.http import HttpRequest

from xpassfam.rules.identifiers import new_reference

log = structlog.get_logger("xpassfam.incident")


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
    return code


def route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.route if match else ""


def kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
