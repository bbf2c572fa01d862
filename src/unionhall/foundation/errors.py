"""The one tree of errors that a person may meet.

Each carries a stable code, named fields and a sentence in the reader's language that says what to do; the middleware
turns it into a page, an htmx fragment or an API problem. Concrete errors sit beside the function that raises them.

UnionhallError            500
├── Refused               409  the act is understood and may not happen now (the sentence says why)
│   └── AlreadyDone       409  the same act a second time: nothing changed
├── Invalid               422  the input cannot be meant; names line and field where there is one
├── NotFound              404  there is nothing here that this viewer may know of
├── NotAllowed            403  the viewer is known, the door is not theirs
├── SignInNeeded          401  the door opens after signing in
└── Unavailable           503  something we depend on does not answer; trying later helps
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class UnionhallError(Exception):
    """Root of the tree. `message` may use the named fields as %(name)s; it is formatted when shown, not when raised."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    message: ClassVar[str | Promise] = _("Something went wrong on our side. Nothing was changed.")

    def __init__(self, **fields: Any) -> None:
        super().__init__(self.code)
        self.fields = fields

    def sentence(self) -> str:
        """What is said to the reader, in the language now active."""
        return str(self.message) % self.fields if self.fields else str(self.message)

    def __str__(self) -> str:
        return self.sentence()


class Refused(UnionhallError):
    """The act is understood and may not happen now."""

    code = "refused"
    status = 409
    message: ClassVar[str | Promise] = _("This cannot be done now.")


class AlreadyDone(Refused):
    """The same act a second time; nothing changed."""

    code = "already_done"
    message: ClassVar[str | Promise] = _("This is done already. Nothing was changed.")


class Invalid(UnionhallError):
    """The input cannot be meant."""

    code = "invalid"
    status = 422
    message: ClassVar[str | Promise] = _("Something in what you entered cannot be read.")


class NotFound(UnionhallError):
    """Nothing that this viewer may know of."""

    code = "not_found"
    status = 404
    message: ClassVar[str | Promise] = _("There is nothing at this address.")


class NotAllowed(UnionhallError):
    """A known viewer at a door that is not theirs."""

    code = "not_allowed"
    status = 403
    message: ClassVar[str | Promise] = _("This page belongs to another role.")


class SignInNeeded(UnionhallError):
    """A door that opens after signing in."""

    code = "sign_in_needed"
    status = 401
    message: ClassVar[str | Promise] = _("Sign in to go on.")


class Unavailable(UnionhallError):
    """Something we depend on does not answer."""

    code = "unavailable"
    status = 503
    message: ClassVar[str | Promise] = _(
        "This part does not answer right now. Try again in a few minutes; what you entered was not lost."
    )
