"""How the log is written: plain lines for the demo, JSON in production; never a secret in either."""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"
SECRET_NAMES = re.compile(r"password|passwd|secret|token|code$|cookie|authorization|api_?key", re.IGNORECASE)
# Links and sessions carry 256 bits: 43 characters or more. Public identifiers have 26 and stay readable,
# as do the long names of functions in a traceback: no digit, no capital.
# The page of a sign-up that waits is its owner's alone too: its short identifier goes with its address.
SECRET_TEXT = re.compile(
    r"(?<=/attente/)[\w-]+|(?<![\w-])(?:(?=[A-Za-z_-]*[0-9])[\w-]{32,}|(?=[a-z_-]*[A-Z])[\w-]{43,})", re.ASCII
)
# PostgreSQL repeats the row it refuses; what families typed has no place in a log.
REFUSED_ROW = re.compile(r"^DETAIL:.*$", re.MULTILINE)
# What Django's own messages may add: the request object holds everything that was typed.
KEPT_EXTRAS = {"incident", "status_code"}


def hide_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    return {name: _hide(name, value) for name, value in event.items()}


def _hide(name: str, value: object) -> object:
    if SECRET_NAMES.search(name) and name != "status_code":
        return HIDDEN
    if isinstance(value, dict):
        return {key: _hide(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_hide(name, inner) for inner in value]
    if isinstance(value, str):
        return REFUSED_ROW.sub("DETAIL: " + HIDDEN, SECRET_TEXT.sub(HIDDEN, value))
    return value


def configure(*, is_demo: bool, level: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING; both write the same lines to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    form: Processor = (
        structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
        if is_demo
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ExtraAdder(allow=KEPT_EXTRAS),
            *shared,
        ],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, form],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # Whoever knocks by our number instead of our name: programs that scan, all day long.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
