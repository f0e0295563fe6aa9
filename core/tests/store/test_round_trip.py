"""What is put into the store comes out of it, unchanged."""

from __future__ import annotations

from core.tests.store.samples import (
    ATTEMPT,
    CONNECTION,
    DECISION,
    GRANT,
    INBOX,
    INTENT,
    INTERVIEW,
    LATER,
    LETTER,
    MEETING_RECORD,
    MEMBER,
    NOTICE,
    NOW,
    ORGANIZATION,
    OTHER,
    SETTINGS,
    TICKET,
    ZOOM_USER,
)
from sqlalchemy import Connection, select

from greenroom.engine.ports.store import Store
from greenroom.model import Approval, Level, Scope
from greenroom.store import SqlStore
from greenroom.store.sql import SqlTransaction
from greenroom.store.tables import metadata


def test_organizations_and_members(tx: SqlTransaction) -> None:
    """An organization is found by id and by name in any case, a member by id and address."""
    tx.organizations.save_member("org_1", MEMBER)
    assert tx.organizations.get("org_1") == ORGANIZATION
    assert tx.organizations.get(" ångstrÖM labs ") == ORGANIZATION
    assert tx.organizations.get("nobody") is None
    assert tx.organizations.list() == (ORGANIZATION, OTHER)
    assert tx.organizations.member("org_1", "mem_1") == MEMBER
    assert tx.organizations.member("org_1", "ANA@example.com") == MEMBER
    assert tx.organizations.members("org_1") == (MEMBER,)


def test_an_id_wins_over_a_name(tx: SqlTransaction) -> None:
    """An organization named like another one's id does not stand in its way."""
    named = OTHER.model_copy(update={"id": "org_3", "name": "org_4"})
    meant = OTHER.model_copy(update={"id": "org_4", "name": "Eastwind"})
    for record in (named, meant):
        tx.organizations.add(record)
    assert tx.organizations.get("org_4") == meant


def test_connections(tx: SqlTransaction) -> None:
    """A connection is found by id, by owner, by organization and by grant, and replaced as a whole."""
    tx.connections.save(CONNECTION)
    assert tx.connections.get("con_1") == CONNECTION
    assert tx.connections.find("org_1", Level.MEMBER, "mem_1") == CONNECTION
    assert tx.connections.on_grant("grt_1") == (CONNECTION,)
    ended = CONNECTION.model_copy(update={"phase": "off", "grant_id": None, "zoom_user": None, "revision": 4})
    tx.connections.save(ended)
    assert tx.connections.of_organization("org_1") == (ended,)
    assert tx.connections.on_grant("grt_1") == ()


def test_opt_outs_and_approval(tx: SqlTransaction) -> None:
    """Opting out and back in may be said twice; an approval nobody asked for reads as not requested."""
    for opted_out in (True, True, False, False):
        tx.connections.set_opt_out("org_1", "mem_1", opted_out=opted_out)
        assert ("mem_1" in tx.connections.opted_out("org_1")) is opted_out
    assert tx.connections.approval("org_1") == Approval()
    for state in (Approval(state="requested", requested_by="mem_1"), Approval(state="approved")):
        tx.connections.save_approval("org_1", state)
        assert tx.connections.approval("org_1") == state


def test_grants(tx: SqlTransaction) -> None:
    """A grant comes back with its tokens open, and is gone when removed."""
    tx.grants.add(GRANT)
    assert tx.grants.get("grt_1") == GRANT
    assert tx.grants.find("client", "zu_1") == GRANT
    assert tx.grants.of_user("za_1", "zu_1") == (GRANT,)
    assert tx.grants.of_user("za_2", "zu_1") == ()
    tx.grants.remove("grt_1")
    assert tx.grants.get("grt_1") is None


def test_tickets_and_attempts(tx: SqlTransaction) -> None:
    """Tickets and attempts come back as they were, the verifier open."""
    tx.attempts.add_ticket(TICKET)
    tx.attempts.add(ATTEMPT)
    assert tx.attempts.ticket("hash-1") == TICKET
    assert tx.attempts.get("state-1") == ATTEMPT


def test_settings(tx: SqlTransaction) -> None:
    """Saving settings again replaces the values and raises the stored revision by one, whatever the record says."""
    tx.settings.save(SETTINGS.model_copy(update={"revision": 9}))
    assert tx.settings.get("org_1", Scope.KIND, "Phone screen") == SETTINGS
    changed = SETTINGS.model_copy(update={"values": {"b": 1, "a": 2}})
    tx.settings.save(changed)
    assert tx.settings.of_organization("org_1") == (changed.model_copy(update={"revision": 2}),)
    assert tx.settings.get("org_1", Scope.KIND) is None


def test_verified_hosts(tx: SqlTransaction) -> None:
    """Saving verified addresses replaces the earlier ones."""
    for emails in ({"a@example.com", "b@example.com"}, {"b@example.com"}, set()):
        tx.settings.save_verified("org_1", emails)
        assert tx.settings.verified("org_1") == emails


def test_directory(tx: SqlTransaction) -> None:
    """Zoom users are found by address in any case; a later look replaces an earlier one."""
    tx.grants.add(GRANT)
    gone = ZOOM_USER.model_copy(update={"id": "zu_2", "email": "gone@example.com"})
    tx.directory.replace("grt_1", [ZOOM_USER, gone], NOW)
    tx.directory.replace("grt_1", [ZOOM_USER], LATER)
    assert tx.directory.find("grt_1", ["ANA@example.COM", "gone@example.com"]) == {"ana@example.com": ZOOM_USER}
    assert tx.directory.fetched_at("grt_1") == LATER
    tx.directory.forget("grt_1")
    assert tx.directory.fetched_at("grt_1") is None
    assert tx.directory.find("grt_1", ["ana@example.com"]) == {}


def test_the_directory_of_an_ended_grant(tx: SqlTransaction, connection: Connection) -> None:
    """People seen through a grant are forgotten with it, and a look that comes back too late is not kept."""
    tx.grants.add(GRANT)
    tx.directory.replace("grt_1", [ZOOM_USER], NOW)
    tx.grants.remove("grt_1")
    tx.directory.replace("grt_1", [ZOOM_USER], NOW)
    assert connection.execute(select(metadata.tables["directory_users"])).all() == []


def test_interviews_meetings_and_intents(tx: SqlTransaction) -> None:
    """Interviews, meetings and intents come back as they were, offsets of typed times included."""
    tx.connections.save(CONNECTION)
    tx.interviews.save(INTERVIEW)
    tx.interviews.save_meeting(MEETING_RECORD)
    tx.interviews.add_intent(INTENT)
    found = tx.interviews.get("org_1", "int_1")
    assert found == INTERVIEW
    assert found.interview.start is not None
    assert found.interview.start.isoformat() == "2027-07-01T09:30:00+02:00"
    assert tx.interviews.get(None, "int_1") == INTERVIEW
    assert tx.interviews.of_panel("pan_1") == tx.interviews.of_organization("org_1") == (INTERVIEW,)
    assert tx.interviews.meeting("org_1", "85012345678") == MEETING_RECORD
    assert tx.interviews.meetings("org_1") == (MEETING_RECORD,)
    assert tx.interviews.open_intent("int_1") == INTENT
    assert tx.interviews.open_intents() == (INTENT,)


def test_a_meeting_by_its_address(tx: SqlTransaction) -> None:
    """Of several meetings with one address the newest live one is meant."""
    tx.connections.save(CONNECTION)
    for meeting_id, state in (("1", "live"), ("2", "live"), ("3", "deleted")):
        meeting = MEETING_RECORD.meeting.model_copy(update={"id": meeting_id})
        tx.interviews.save_meeting(MEETING_RECORD.model_copy(update={"meeting": meeting, "state": state}))
    found = tx.interviews.meeting_by_url("org_1", MEETING_RECORD.meeting.join_url)
    assert found is not None
    assert found.meeting.id == "2"


def test_a_connection_made_anew_keeps_its_meetings(tx: SqlTransaction) -> None:
    """A connection that replaces another one of its owner takes over what was made through that."""
    tx.connections.save(CONNECTION)
    tx.interviews.save_meeting(MEETING_RECORD)
    tx.connections.save(CONNECTION.model_copy(update={"id": "con_2"}))
    assert tx.connections.get("con_1") is None
    assert [row.connection_id for row in tx.interviews.meetings("org_1")] == ["con_2"]


def test_records(tx: SqlTransaction) -> None:
    """Decisions, letters, notices and webhooks come back as they were, bytes included."""
    tx.interviews.save(INTERVIEW)
    tx.records.add_decision(DECISION)
    tx.records.save_letter(LETTER.model_copy(update={"state": "drafted"}))
    tx.records.save_letter(LETTER)
    assert tx.records.add_notice(NOTICE)
    assert tx.records.add_to_inbox(INBOX)
    assert tx.records.decisions("org_1", "int_1") == tx.records.decisions("org_1") == (DECISION,)
    assert tx.records.letters("int_1") == (LETTER,)
    assert tx.records.letter("let_1") == LETTER
    assert tx.records.notices("org_1") == (NOTICE,)
    assert tx.records.unhandled() == (INBOX,)
    tx.records.handled("wh_1", NOW)
    assert tx.records.unhandled() == ()


def test_lists_keep_the_order_of_arrival(tx: SqlTransaction) -> None:
    """Decisions of one instant are told in the order in which they were made."""
    tx.interviews.save(INTERVIEW)
    ids = [f"dec_{number}" for number in (9, 1, 5, 3)]
    for name in ids:
        tx.records.add_decision(DECISION.model_copy(update={"id": name}))
    assert [one.id for one in tx.records.decisions("org_1")] == ids


async def test_the_store_fits_its_port(store: SqlStore) -> None:
    """What the engine asks for is what this store gives: checked by type, and by using it."""
    port: Store = store
    await port.write(lambda tx: tx.organizations.save_member("org_1", MEMBER))
    assert await port.read(lambda tx: tx.organizations.members("org_1")) == (MEMBER,)
