"""The messages that agents start from, in `/admin/`."""

from django.contrib import admin

from xpassfam.filings.models import MessageTemplate


@admin.register(MessageTemplate)
class MessageTemplateAdmin(admin.ModelAdmin[MessageTemplate]):
    list_display = ("title", "position")
    fields = ("title", "text", "position")
