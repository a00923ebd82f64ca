"""Structured personal data, sealed as one value."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from accounts.encryption import EncryptedTextField


class SealedJSONField(EncryptedTextField):
    """A JSON value that reaches the database only encrypted: drafts and the frozen context of papers."""

    # For the type checker: any JSON value goes in and comes out.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def clear_text(self, value: Any) -> str:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)

    def value_of(self, clear: str) -> Any:
        return json.loads(clear)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return super().from_db_value(value, expression, connection) or {}
