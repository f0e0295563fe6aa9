"""What can go wrong while an invite is rendered and packed, as one tree.

::

    InviteFault
    ├── TemplateFault   a template cannot be used; names template, line and what is wrong
    ├── HeaderFault     a mail header would carry what no header may; names the header, never its content
    └── NotEditable     somebody rewrites a part that the profile does not let them edit
"""

from __future__ import annotations


class InviteFault(Exception):
    """Root of this package's errors."""


class TemplateFault(InviteFault):
    """A template that cannot be used.

    Attributes:
        template: file name inside the template folder.
        line: line in that file, ``None`` where no line is to blame.
        what: what is wrong with it, without the data it was rendered with.
    """

    def __init__(self, template: str, line: int | None, what: str) -> None:
        self.template = template
        self.line = line
        self.what = what
        where = template if line is None else f"{template}, line {line}"
        super().__init__(f"template {where}: {what}; correct the template and render again")


class HeaderFault(InviteFault):
    """A value that may not stand in a mail header.

    Attributes:
        header: name of the header.
        what: what is wrong with the value, without the value.
    """

    def __init__(self, header: str, what: str) -> None:
        self.header = header
        self.what = what
        super().__init__(f"mail header {header}: {what}; correct it and send again")


class NotEditable(InviteFault):
    """A rewrite of a part that is not open to editing.

    Attributes:
        part: ``subject`` or ``body``.
        editable: the parts that are.
    """

    def __init__(self, part: str, editable: frozenset[str]) -> None:
        self.part = part
        self.editable = editable
        open_parts = ", ".join(sorted(editable)) or "nothing"
        super().__init__(f"the {part} of this letter may not be edited ({open_parts} may); send it as it is")
