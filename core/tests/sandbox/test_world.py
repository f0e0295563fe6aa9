"""World files: what is accepted, and how a mistake is explained."""

from pathlib import Path

import pytest

from greenroom.sandbox import WorldError, load_world, parse_world

GOOD = """
accounts:
  - id: acme
    name: Acme
    plan: pro
    users: [{email: a@acme.example, first_name: A, last_name: B, role: owner, type: 2}]
apps:
  - {name: admin, kind: admin, scopes: ["user:read:user:admin"]}
"""


def test_demonstration_world_loads() -> None:
    """The world shipped with the sandbox keeps its own rules."""
    world = load_world()
    assert [account.plan for account in world.accounts] == ["business", "basic"]
    assert [app.name for app in world.apps][:2] == ["admin", "user"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("type: 2", "type: 3", "accounts[0].users[0].type: 3 is not one of [1, 2, 4]. Use 1 (Basic)"),
        ("plan: pro", "plan: gold", "accounts[0].plan: 'gold' is not one of"),
        ("name: Acme", "nam: Acme", "accounts[0]: Additional properties are not allowed ('nam' was unexpected)"),
        ("role: owner", "role: boss", "accounts[0].users[0].role: role 'boss' does not exist. Use one of: admin"),
        ("plan: pro", "plan: pro\n    one_security_option_required: false", "a pro account cannot switch it off"),
        (
            "last_name: B",
            "last_name: B, schedulers: [x@y.example]",
            "'x@y.example' is nobody's e-mail in this account.",
        ),
        ("last_name: B", "last_name: B, timezone: Mars/Base", "time zone 'Mars/Base' is unknown. Give an IANA"),
        ("apps:", "apps: [", "line 8: is no YAML. Check indentation"),
        ("kind: admin", "kind: admin, published: false", "needs the account of its developer. Name one of: acme."),
        ("user:read:user:admin", "user read", "apps[0].scopes[0]: 'user read' does not match"),
    ],
)
def test_mistake_is_placed_and_remedied(old: str, new: str, expected: str) -> None:
    """Each mistake is reported with file, place, problem and remedy."""
    with pytest.raises(WorldError) as caught:
        parse_world(GOOD.replace(old, new, 1), "acme.yaml")
    assert str(caught.value).startswith("acme.yaml: ")
    assert expected in str(caught.value)


def test_all_mistakes_are_listed() -> None:
    """Two mistakes give two lines, so that a file is corrected in one go."""
    with pytest.raises(WorldError) as caught:
        parse_world(GOOD.replace("type: 2", "type: 3").replace("plan: pro", "plan: gold"))
    assert len(caught.value.problems) == 2


def test_email_is_unique_in_the_world() -> None:
    """One e-mail address belongs to one Zoom user."""
    double = GOOD.replace("users: [", "users: [{email: A@acme.example, first_name: X, last_name: Y}, ")
    with pytest.raises(WorldError, match=r"email 'a@acme\.example' is given more than once"):
        parse_world(double)


def test_missing_file_is_a_world_error(tmp_path: Path) -> None:
    """A file that is not there is explained like any other mistake."""
    with pytest.raises(WorldError, match="cannot be read"):
        load_world(tmp_path / "none.yaml")
