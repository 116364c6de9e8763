"""How forms become HTML: our two templates, Django's own for the widgets."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms and fields by ui/form.html and ui/field.html; widgets by the templates of `django.forms`."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
