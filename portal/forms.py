"""How every form of the portal looks: the project's FORM_RENDERER and its bound field.

A page writes `{% include "components/error_summary.html" %}` above its heading and `{{ form }}` inside its <form>.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    Field,
    FileInput,
    PasswordInput,
    RadioSelect,
    Select,
    Textarea,
    Widget,
)
from django.forms.renderers import BaseRenderer
from django.forms.utils import ErrorList
from django.template import engines

# Each family of widgets with its template in `templates/forms/` and its CSS classes (first match wins;
# Django derives CheckboxSelectMultiple from RadioSelect).
FAMILIES: tuple[tuple[type[Widget], str, str], ...] = (
    (CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (RadioSelect, "radios", "govuk-radios__input"),
    (CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (Select, "select", "govuk-select"),
    (Textarea, "textarea", "govuk-textarea govuk-js-character-count"),
    (FileInput, "file", "govuk-file-upload"),
    (PasswordInput, "password", "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (Widget, "input", "govuk-input"),
)

CHOSEN = ("radios", "checkboxes", "select")


class PortalBoundField(BoundField):
    """A form field with the classes, names and error texts that the templates in `templates/forms/` need."""

    @property
    def kind(self) -> str:
        """Which template of `templates/forms/` draws the field."""
        if hasattr(self.field.widget, "box_labels"):
            return "boxes"
        return next(kind for family, kind, _ in FAMILIES if isinstance(self.field.widget, family))

    @property
    def template_name(self) -> str:
        return getattr(self.field, "template_name", None) or f"forms/{self.kind}.jinja"

    @property
    def errors(self) -> ErrorList:
        """The errors, with Django's general "this field is required" made into "please fill in <label>"."""
        found = super().errors
        if not found:
            return found
        generic = str(Field.default_error_messages["required"])
        if not any(error == generic for error in found):
            return found
        texts = [self.required_text if error == generic else error for error in found]
        return self.form.error_class([ValidationError(text) for text in texts], renderer=self.form.renderer)

    @property
    def required_text(self) -> str:
        if self.kind == "checkbox":
            return f"请勾选“{self.label}”"
        label = re.sub(r"（[^（）]*）$", "", str(self.label))
        verb = "请选择" if self.kind in CHOSEN else "请上传" if self.kind == "file" else "请填写"
        return f"{verb}{label}"

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
        """Adds the CSS class; drops `required`, whose pop-up speaks the browser's language and hides our messages."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        if not widget.is_hidden:
            css = next(css for family, _, css in FAMILIES if isinstance(widget, family))
            classes = [widget.attrs.get("class", ""), attrs.get("class", ""), css]
            if self.errors and "__input" not in css.split()[0]:
                classes.append(f"{css.split()[0]}--error")
            attrs["class"] = " ".join(filter(None, classes))
        return attrs


class Renderer(BaseRenderer):
    """Draws forms with the templates of `templates/forms/` (settings: FORM_RENDERER = "portal.forms.Renderer").

    They and Django's own widgets are drawn by Jinja2 (portal.compiled), widgets of other packages as these wrote them.
    """

    form_template_name = "forms/form.jinja"
    formset_template_name = "forms/formset.jinja"
    field_template_name = "forms/input.jinja"
    bound_field_class = PortalBoundField

    def get_template(self, template_name: str) -> Any:
        compiled = template_name.endswith(".jinja") or template_name.startswith("django/forms/")
        return engines["compiled" if compiled else "django"].get_template(template_name)
