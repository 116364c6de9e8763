"""`{% load ui %}`: components and filters of the pages. What there is: templates/ui/README.md."""

from __future__ import annotations

from django import template

from pendamping.core import formats, money
from pendamping.core.components import forms, frame, journey, numbers, records, words

register = template.Library()
for part in (words, frame, journey, records, numbers, forms):
    register.tags.update(part.register.tags)

register.filter("rupiah", money.rupiah)
register.filter("tanggal", formats.day)
register.filter("jam", formats.hour)
register.filter("bilangan", formats.number)
register.filter("volume", formats.volume)
register.filter("persen", formats.percent)
register.filter("ukuran", formats.size)
