"""Makes our site the one that `django.contrib.admin` fills."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "xpassfam.organisation.site.PortalAdminSite"
