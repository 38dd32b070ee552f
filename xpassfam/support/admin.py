"""`/admin/`: the answers agents start from."""

from django.contrib import admin

from xpassfam.support.models import AnswerTemplate


@admin.register(AnswerTemplate)
class AnswerTemplateAdmin(admin.ModelAdmin[AnswerTemplate]):
    list_display = ("title", "position")
    fields = ("title", "text", "position")
