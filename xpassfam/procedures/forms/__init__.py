"""A section of a definition as a form that a family fills in."""

from xpassfam.procedures.forms.section import SectionForm, section_form, typed

__all__ = ["SectionForm", "section_form", "typed"]
