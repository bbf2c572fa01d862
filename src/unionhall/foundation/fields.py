"""Model fields of the ground floor."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from unionhall.foundation import crypto


class EncryptedTextField(models.Field[str, str]):
    """Reads and assigns str, stores encrypted bytes; cannot be searched, only looked for by a blind index beside it.

    context: authenticated with the value, so that it cannot be read from another column; kept for good once stored.
    """

    description = "Text, encrypted at rest"
    empty_strings_allowed = True

    def __init__(self, *args: Any, context: str = "", **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """The field for a migration, with its context."""
        name, path, args, kwargs = super().deconstruct()
        if self.context:
            kwargs["context"] = self.context
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        """Stored as bytes by every database."""
        return "BinaryField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        """The stored bytes as text."""
        return None if value is None else crypto.decrypt(bytes(value), context=self.context)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: Any = False) -> Any:
        """The text as the bytes that are stored; anew encrypted each time."""
        if value is None:
            return None
        return connection.Database.Binary(crypto.encrypt(str(value), context=self.context))

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull`: two encryptions of one text differ, so that any other question would find nothing."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted; look it up by its blind index")
        return super().get_lookup(lookup_name)
