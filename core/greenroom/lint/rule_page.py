"""Write the page of lint rules: ``python -m greenroom.lint.rule_page docs/lint.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from greenroom.lint.catalogue import RULES
from greenroom.lint.rule import Rule

_HEAD = """\
# Lint

`greenroom profiles lint PATH|NAME` reads the files of a profile, line by line. It need not be installed, or even load:
nothing of it is imported.

```sh
greenroom profiles lint ./greenroom_acme
greenroom profiles lint --strict acme
greenroom profiles lint --explain GR205
```

A finding is one line, with what to do:

```
gate.py:41:35: GR205 ACME-99 is no clause of this profile or of core. Next: Add it to clauses.yaml, or correct it
```

It ends with 1 if there are errors (with `--strict` also if there are warnings), with 0 if there are none, and with 2 if
there is nothing to look at. `--json` prints a document of `greenroom.lint.v1`; `--github` prints annotations, which
GitHub shows beside the lines.

A comment silences a rule on its line, and has to say why. Lint tells when there is nothing left to silence.

```python
_SEEN = []  # lint: ignore[GR805] filled once, while the module is imported
```

The same comment works in YAML, and in a template as `{# lint: ignore[CODE] reason #}`. A code keeps its meaning for
good.

Lint follows texts through the profile's own functions, and runs nothing. So it does not see keys and phases that are
put together from parts, facts that are read through `getattr`, and functions that are called by other names than their
own.

"""
_HUNDREDS = {
    "GR1": "Files",
    "GR2": "Clauses",
    "GR3": "Words",
    "GR4": "Templates",
    "GR5": "Facts, phases, actions, recipes and parameters",
    "GR6": "Settings and values",
    "GR7": "Hooks",
    "GR8": "Purity",
    "GR9": "Ignoring",
}


def rule_page() -> str:
    """Return the page in Markdown: a table of all rules, then each with what it costs to break it, and what to do."""
    rows = "\n".join(f"| [{one.code}](#{one.code.lower()}) | {one.title} | {one.severity} |" for one in RULES.values())
    parts = [_HEAD + f"| rule | what it looks for | severity |\n|---|---|---|\n{rows}\n"]
    for hundred, title in _HUNDREDS.items():
        parts.append(f"## {title}\n")
        parts += [_section(one) for code, one in sorted(RULES.items()) if code.startswith(hundred)]
    return "\n".join(parts)


def _section(one: Rule) -> str:
    return f"### {one.code}\n\n{one.title} ({one.severity}).\n\n*Why:* {one.why}\n\n*Fix:* {one.fix}.\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(rule_page(), "utf-8")
