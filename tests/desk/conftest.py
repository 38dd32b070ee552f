from tests.portal import portal, portal_template

__all__ = ["portal", "portal_template"]
