"""A ticket, what is said about it, its links, and the incidents behind error pages."""

from xpassfam.support.models.answer_template import AnswerTemplate
from xpassfam.support.models.held_file import HeldFile
from xpassfam.support.models.incident import Incident
from xpassfam.support.models.message import Message, Note
from xpassfam.support.models.ticket import Ticket
from xpassfam.support.models.ticket_link import TicketLink

__all__ = ["AnswerTemplate", "HeldFile", "Incident", "Message", "Note", "Ticket", "TicketLink"]
