"""What every form of an act shares: its operation id, photos through the image door, refusals shown at the field."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pendamping.core.errors import OperationMismatch, Refused
from pendamping.core.images.door import CleanImage, admit

PHOTOS_MOST = 4


class ActForm(forms.Form):
    """A form whose sending twice makes one record: it carries an operation id made when it was shown."""

    conditional: ClassVar[tuple[str, ...]] = ()  # fields whose help says when they are needed: not marked "optional"

    op = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["op"].initial = uuid.uuid4

    def folded(self, names: Sequence[str]) -> str:
        """What one of the `groups` is set to, in words, where it is folded away; "" where it lies open."""
        return ""

    def field_of(self, refusal: Refused) -> str:
        """The input to mend after a refusal; "" where none is at fault."""
        return refusal.field

    def full_clean(self) -> None:
        """What is missing is asked for by its name; photos are decoded last, and only when all the rest is right."""
        usual = forms.Field.default_error_messages["required"]
        for bound in self:
            if bound.field.error_messages["required"] == usual:
                bound.field.error_messages["required"] = _asking(bound.field.widget) % {"label": bound.label}
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        for name, field in self.fields.items():
            if isinstance(field, PhotosField):
                try:
                    self.cleaned_data[name] = field.admitted(self.cleaned_data[name])
                except ValidationError as problem:
                    self.add_error(name, problem)

    def attempt(self, service: Callable[..., Any], **facts: Any) -> Any | None:
        """Run a service with this form's operation id; a refusal becomes an error of the form and gives None."""
        try:
            return service(op=self.cleaned_data.get("op"), **facts)
        except Refused as refusal:
            field = self.field_of(refusal)
            self.add_error(field if field in self.fields else None, refusal.message)
        except OperationMismatch:
            data = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("op")] = str(uuid.uuid4())
            self.data = data
            self.add_error(None, _("This form was already sent with other contents. Check it and send it again."))
        return None


def _asking(widget: forms.Widget) -> Any:
    if isinstance(widget, forms.CheckboxInput):
        return _("Tick “%(label)s”.")
    chosen = isinstance(widget, forms.widgets.ChoiceWidget | forms.FileInput)
    return _("Choose “%(label)s”.") if chosen else _("Fill in “%(label)s”.")


class PhotosInput(forms.ClearableFileInput):
    """A file input that takes several photos, straight from the camera if wished; its button speaks our language."""

    template_name = "ui/photos_input.html"
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp", "data-shrink": "1600"})


class PhotosField(forms.FileField):
    """Up to four photos; an ActForm decodes and cleans them before any transaction is open."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [item for item in (data if isinstance(data, list | tuple) else [data]) if item]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > PHOTOS_MOST:
            raise ValidationError(_("At most %(most)s photos.") % {"most": PHOTOS_MOST}, code="too_many")
        return uploads

    def admitted(self, uploads: list[Any]) -> list[CleanImage]:
        """The uploads through the door; ValidationError when one may not come in."""
        try:
            return [admit(upload) for upload in uploads]
        except Refused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal
