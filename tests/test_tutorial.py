"""The tutorial, done as it says: every file it shows is written, every command run, every output compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tutorial.follow import follow
from tests.tutorial.page import Command, Edit, WholeFile, steps_of
from tests.tutorial.shell import Shell
from tests.tutorial.workbench import ROOT, Workbench

PAGE = ROOT / "docs" / "tutorial.md"

A_PAGE = """
Read this:

```sh
$ false
```

then do this:

```text title="a/name.txt"
Ann
  and Ben
```

```diff title="a/name.txt"
 Ann
-  and Ben
+  and Cem
```

```console
$ cat a/name.txt
Ann
…
$ echo one; \\
  echo two
one
t…o
$ false
$ echo $?
1
```

```console deep
$ sleep 100
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a page that tells its reader to do each kind of thing."""
    file = tmp_path / "page.md"
    file.write_text(A_PAGE, "utf-8")
    return file


def follow_in(folder: Path, page: Path, environment: dict[str, str], *, deep: bool = False) -> None:
    """Follow a page in a new folder."""
    folder.mkdir()
    with Shell(folder, environment) as shell:
        follow(steps_of(page), shell, deep=deep)


def test_the_tutorial_holds(bench: Workbench, tmp_path: Path) -> None:
    """Whoever types what the tutorial says, outside the repository, gets what it shows."""
    follow_in(tmp_path / "desk", PAGE, dict(bench.environment))


@pytest.mark.deep
def test_the_whole_tutorial_holds(bench: Workbench, tmp_path: Path) -> None:
    """So do the commands of it that take long: the whole kit, every change of the code, the plugin's own tests."""
    follow_in(tmp_path / "desk", PAGE, dict(bench.environment), deep=True)


def test_a_page_is_followed_step_by_step(page: Path, tmp_path: Path) -> None:
    """Files are written and changed, commands run; what is only shown is left alone."""
    kinds = [type(step) for step in steps_of(page)]
    assert kinds == [WholeFile, Edit, *[Command] * 5]
    follow_in(tmp_path / "desk", page, {"PATH": "/usr/bin:/bin"})
    assert (tmp_path / "desk" / "a" / "name.txt").read_text("utf-8") == "Ann\n  and Cem\n"


@pytest.mark.parametrize(
    ("shown", "instead"),
    [
        ("  and Ben\n```", "  and Bea\n```"),  # the file is not as the edit says
        ("-  and Ben", "-  and Bea"),
        ("Ann\n…", "Anna\n…"),  # another output
        ("t…o", "t…e"),
        ("t…o\n", "t…o\nthree\n"),
        ("$ echo $?\n1", "$ echo $?\n0"),
        ("$ echo $?\n1\n", ""),  # a failure that the page does not show
    ],
)
def test_a_page_that_does_not_hold_is_noticed(shown: str, instead: str, page: Path, tmp_path: Path) -> None:
    """An edit that does not fit, another output, or a failure that is not shown, ends the following."""
    assert shown in A_PAGE
    page.write_text(A_PAGE.replace(shown, instead, 1), "utf-8")
    with pytest.raises(AssertionError):
        follow_in(tmp_path / "desk", page, {"PATH": "/usr/bin:/bin"})
