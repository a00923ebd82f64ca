"""How every form of the portal looks: the project's FORM_RENDERER and its bound field.

A page writes `{% include "components/error_summary.html" %}` above its heading and `{{ form }}` inside its <form>.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    FileInput,
    PasswordInput,
    RadioSelect,
    Select,
    Textarea,
    Widget,
)
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList

# The class that carries the border, and the look of an error, for each family of widgets (first match wins).
CSS_CLASSES: tuple[tuple[type[Widget], str], ...] = (
    (RadioSelect, "govuk-radios__input"),
    (CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (CheckboxInput, "govuk-checkboxes__input"),
    (Select, "govuk-select"),
    (Textarea, "govuk-textarea"),
    (FileInput, "govuk-file-upload"),
    (Widget, "govuk-input"),
)


class PortalBoundField(BoundField):
    """A form field with the classes, names and error texts that the templates in `templates/forms/` need."""

    @property
    def kind(self) -> str:
        """Which template draws the field: radios, checkboxes, checkbox, select, textarea, file, password, boxes, input."""
        widget = self.field.widget
        for family, name in (
            (RadioSelect, "radios"),
            (CheckboxSelectMultiple, "checkboxes"),
            (CheckboxInput, "checkbox"),
            (Select, "select"),
            (Textarea, "textarea"),
            (ClearableFileInput, "file"),
            (FileInput, "file"),
            (PasswordInput, "password"),
        ):
            if isinstance(widget, family):
                return name
        return "boxes" if hasattr(widget, "box_labels") else "input"

    @property
    def template_name(self) -> str:
        return self.field.template_name or f"forms/{self.kind}.html"

    @property
    def errors(self) -> ErrorList:
        """The errors, with Django's general "this field is required" made into "please fill in <label>"."""
        found = super().errors
        generic = str(self.field.default_error_messages["required"])
        if not any(error == generic for error in found):
            return found
        texts = [self.required_text if error == generic else error for error in found]
        return self.form.error_class([ValidationError(text) for text in texts], renderer=self.form.renderer)

    @property
    def required_text(self) -> str:
        verb = {"file": "请上传", "input": "请填写", "textarea": "请填写", "password": "请填写", "boxes": "请填写"}
        if self.kind == "checkbox":
            return f"请勾选“{self.label}”"
        return f"{verb.get(self.kind, '请选择')}{self.label}"

    @property
    def error_target(self) -> str:
        """The id that a link of the error summary jumps to: the first control of the field."""
        if self.kind in ("radios", "checkboxes"):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_optional(self) -> bool:
        return not self.field.required and not self.field.disabled and self.kind != "checkbox"

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Adds the CSS class; drops `required`, whose pop-up speaks the browser's language and hides our own messages."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        css = next(css for family, css in CSS_CLASSES if isinstance(widget, family))
        classes = [widget.attrs.get("class", ""), attrs.get("class", ""), css]
        if self.errors and css in ("govuk-input", "govuk-select", "govuk-textarea", "govuk-file-upload"):
            classes.append(f"{css}--error")
        if not widget.is_hidden:
            attrs["class"] = " ".join(filter(None, classes))
        return attrs


class Renderer(TemplatesSetting):
    """Draws forms with the templates of `templates/forms/` (settings: FORM_RENDERER = "portal.forms.Renderer")."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/input.html"
    bound_field_class = PortalBoundField
