"""What is filled in: by families, a day or what would be otherwise; by administrators, rules (`writing`)."""

from xpassfam.entitlements.forms.asking import DayForm
from xpassfam.entitlements.forms.supposing import WhatIfForm

__all__ = ["DayForm", "WhatIfForm"]
