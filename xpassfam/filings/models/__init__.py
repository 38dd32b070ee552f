"""A filing, what it holds, what is said about it, and how it is decided."""

from xpassfam.filings.models.agreement import Agreement
from xpassfam.filings.models.asked_again import AskedAgain
from xpassfam.filings.models.completion import Completion
from xpassfam.filings.models.decision import Decision
from xpassfam.filings.models.exchange import Message, Note
from xpassfam.filings.models.filing import Filing
from xpassfam.filings.models.mail_text import MailText
from xpassfam.filings.models.message_template import MessageTemplate
from xpassfam.filings.models.piece import Piece
from xpassfam.filings.models.presence import Presence
from xpassfam.filings.models.proposal import Proposal
from xpassfam.filings.models.taking import Taking
from xpassfam.filings.models.usual_delay import UsualDelay

__all__ = [
    "Agreement",
    "AskedAgain",
    "Completion",
    "Decision",
    "Filing",
    "MailText",
    "Message",
    "MessageTemplate",
    "Note",
    "Piece",
    "Presence",
    "Proposal",
    "Taking",
    "UsualDelay",
]
