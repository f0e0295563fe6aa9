"""What must be single is single, and an organization cannot touch another one's rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from core.tests.store.samples import (
    CONNECTION,
    GRANT,
    INBOX,
    INTENT,
    INTERVIEW,
    LETTER,
    MEETING_RECORD,
    MEMBER,
    NOTICE,
    NOW,
    ORGANIZATION,
    SETTINGS,
)

from greenroom.engine.ports.store import StoreConflict
from greenroom.store import SqlStore
from greenroom.store.sql import SqlTransaction


def conflict(rule: str) -> pytest.RaisesExc[StoreConflict]:
    """Expect a conflict about ``rule``."""
    return pytest.RaisesExc(StoreConflict, check=lambda error: error.rule == rule)


@pytest.mark.parametrize("name", ["Ångström Labs", "ÅNGSTRÖM LABS", " ångström labs ", "straße", "STRASSE"])
def test_organization_names(tx: SqlTransaction, name: str) -> None:
    """A name is taken in every case, beyond ASCII too."""
    tx.organizations.add(ORGANIZATION.model_copy(update={"id": "org_8", "name": "Straße"}))
    with conflict("organization_name"):
        tx.organizations.add(ORGANIZATION.model_copy(update={"id": "org_9", "name": name}))


def test_member_addresses(tx: SqlTransaction) -> None:
    """An address is one member's within an organization, and free in another."""
    tx.organizations.save_member("org_1", MEMBER)
    tx.organizations.save_member("org_1", MEMBER.model_copy(update={"name": "Ana B."}))
    tx.organizations.save_member("org_2", MEMBER)
    with conflict("member_email"):
        tx.organizations.save_member("org_1", MEMBER.model_copy(update={"id": "mem_2"}))


def test_grants(tx: SqlTransaction) -> None:
    """There is one grant of an app and a Zoom user in the whole deployment."""
    tx.grants.add(GRANT)
    tx.grants.add(GRANT.model_copy(update={"id": "grt_2", "client_id": "another"}))
    with conflict("grant"):
        tx.grants.add(GRANT.model_copy(update={"id": "grt_3"}))


def test_holds(tx: SqlTransaction) -> None:
    """A Zoom user is held once under a profile; only its holder lets go."""
    tx.connections.hold("acme", "zu_1", "org_1")
    tx.connections.hold("acme", "zu_1", "org_1")
    tx.connections.hold("other", "zu_1", "org_2")
    with conflict("hold"):
        tx.connections.hold("acme", "zu_1", "org_2")
    tx.connections.release("acme", "zu_1", "org_2")
    assert tx.connections.holder("acme", "zu_1") == "org_1"
    tx.connections.release("acme", "zu_1", "org_1")
    assert tx.connections.holder("acme", "zu_1") is None


@pytest.mark.parametrize("state", ["committed", "unclear"])
def test_open_intents(tx: SqlTransaction, state: str) -> None:
    """An interview has one open intent; when it is settled there may be another."""
    tx.connections.save(CONNECTION)
    tx.interviews.save(INTERVIEW)
    tx.interviews.add_intent(INTENT.model_copy(update={"state": state}))
    again = INTENT.model_copy(update={"id": "itt_2"})
    with conflict("intent"):
        tx.interviews.add_intent(again)
    tx.interviews.settle_intent("itt_1", "failed")
    tx.interviews.add_intent(again)
    assert tx.interviews.open_intent("int_1") == again


def test_an_intent_ends_once(tx: SqlTransaction) -> None:
    """Done and failed are final, and that an outcome was unclear is remembered beyond them."""
    tx.connections.save(CONNECTION)
    tx.interviews.save(INTERVIEW)
    tx.interviews.add_intent(INTENT.model_copy(update={"state": "committed"}))
    assert not tx.interviews.was_unclear("int_1")
    tx.interviews.settle_intent("itt_1", "unclear")
    tx.interviews.settle_intent("itt_1", "done")
    tx.interviews.settle_intent("itt_1", "unclear")
    assert tx.interviews.open_intent("int_1") is None
    assert tx.interviews.was_unclear("int_1")


def test_notices(tx: SqlTransaction) -> None:
    """An event tells a recipient once; where nobody is named, each audience once."""
    unnamed = NOTICE.model_copy(update={"recipient": None, "to": "zoom_admins"})
    told = [
        tx.records.add_notice(notice.model_copy(update={"id": f"ntc_{number}"}))
        for number, notice in enumerate(
            (
                NOTICE,
                NOTICE.model_copy(update={"to": "requester"}),
                NOTICE.model_copy(update={"event": "another"}),
                NOTICE.model_copy(update={"organization_id": "org_2"}),
                unnamed,
                unnamed,
                unnamed.model_copy(update={"to": "members_affected"}),
            )
        )
    ]
    assert told == [True, False, True, True, True, False, True]


def test_a_notice_is_handed_to_one_at_a_time(tx: SqlTransaction) -> None:
    """Claimed it is nobody else's until then; put off nobody's; delivered nobody's ever more; each organization's
    own, the oldest first."""
    records, soon = tx.records, NOW + timedelta(minutes=2)
    for number, organization in enumerate(("org_1", "org_2", "org_1")):
        update = {"id": f"ntc_{number}", "organization_id": organization, "event": str(number)}
        records.add_notice(NOTICE.model_copy(update=update))

    def claimed(**which: str) -> str | None:
        found = records.claim_notice(until=soon, now=NOW, **which)
        return found.id if found is not None else None

    assert claimed(notice_id="ntc_2") == "ntc_2"
    assert claimed(notice_id="ntc_2") is None
    assert [claimed(organization_id="org_1") for _ in range(2)] == ["ntc_0", None]
    assert [one.id for one in records.undelivered(NOW)] == ["ntc_1"]
    records.delivered("ntc_0", NOW)
    records.postpone_notice("ntc_1", soon)
    assert records.undelivered(NOW) == ()
    assert [one.id for one in records.undelivered(soon)] == ["ntc_1", "ntc_2"]
    assert [one.delivered_at for one in records.notices("org_1")] == [NOW, None]


def test_webhooks(tx: SqlTransaction) -> None:
    """A webhook that comes again is known by its digest."""
    assert tx.records.add_to_inbox(INBOX)
    assert not tx.records.add_to_inbox(INBOX.model_copy(update={"id": "wh_2"}))
    assert len(tx.records.unhandled()) == 1


def test_another_organizations_rows_are_not_replaced(tx: SqlTransaction) -> None:
    """Saving under an id of another organization is refused, and changes nothing."""
    tx.interviews.save(INTERVIEW)
    tx.records.save_letter(LETTER)
    stolen = {"organization_id": "org_2"}
    with conflict("organization"):
        tx.interviews.save(INTERVIEW.model_copy(update=stolen))
    with conflict("organization"):
        tx.records.save_letter(LETTER.model_copy(update=stolen))
    assert tx.interviews.get("org_1", "int_1") == INTERVIEW
    assert tx.records.letter("let_1") == LETTER


def test_another_organizations_rows_are_not_seen(tx: SqlTransaction) -> None:
    """What one organization keeps is nowhere in the other's lists."""
    tx.organizations.save_member("org_1", MEMBER)
    tx.connections.save(CONNECTION)
    tx.connections.set_opt_out("org_1", "mem_1", opted_out=True)
    tx.settings.save(SETTINGS)
    tx.settings.save_verified("org_1", ["a@example.com"])
    tx.interviews.save(INTERVIEW)
    tx.interviews.save_meeting(MEETING_RECORD)
    tx.records.add_notice(NOTICE)
    assert tx.organizations.member("org_2", "mem_1") is None
    assert tx.interviews.get("org_2", "int_1") is None
    assert tx.interviews.meeting("org_2", "85012345678") is None
    assert tx.interviews.meeting_by_url("org_2", MEETING_RECORD.meeting.join_url) is None
    for found in (
        tx.organizations.members("org_2"),
        tx.connections.of_organization("org_2"),
        tx.connections.opted_out("org_2"),
        tx.settings.of_organization("org_2"),
        tx.settings.verified("org_2"),
        tx.interviews.of_organization("org_2"),
        tx.interviews.meetings("org_2"),
        tx.records.notices("org_2"),
        tx.records.decisions("org_2"),
    ):
        assert not found


async def test_a_conflict_rolls_everything_back(store: SqlStore) -> None:
    """What a transaction wrote before it met a conflict is not kept."""

    def work(tx: object) -> None:
        assert isinstance(tx, SqlTransaction)
        tx.organizations.save_member("org_1", MEMBER)
        tx.organizations.add(ORGANIZATION.model_copy(update={"id": "org_9"}))

    with conflict("organization_name"):
        await store.write(work)
    assert await store.read(lambda tx: tx.organizations.members("org_1")) == ()
