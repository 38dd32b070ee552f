"""A portal that real processes share."""

from tests.portal import portal, portal_template

__all__ = ["portal", "portal_template"]
