"""What is put into the store comes out of it, unchanged."""

from __future__ import annotations

from datetime import timedelta

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

from greenroom.engine.ports.records import DirectoryAge, HostDayRecord
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
    assert CONNECTION.zoom_user is not None
    assert tx.connections.of_zoom_user(CONNECTION.zoom_user.id) == (CONNECTION,)
    ended = CONNECTION.model_copy(update={"phase": "off", "grant_id": None, "zoom_user": None, "revision": 4})
    tx.connections.save(ended)
    assert tx.connections.of_organization("org_1") == (ended,)
    assert tx.connections.on_grant("grt_1") == ()
    assert tx.connections.of_zoom_user(CONNECTION.zoom_user.id) == ()


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
    tx.directory.replace("grt_1", [ZOOM_USER, gone], NOW, marks=0)
    assert tx.directory.users("grt_1") == (ZOOM_USER, gone)
    tx.directory.replace("grt_1", [ZOOM_USER], LATER, marks=0)
    assert tx.directory.find("grt_1", ["ANA@example.COM", "gone@example.com"]) == {"ana@example.com": ZOOM_USER}
    assert tx.directory.age("grt_1") == DirectoryAge(fetched_at=LATER)
    tx.directory.forget("grt_1")
    assert tx.directory.age("grt_1") is None
    assert tx.directory.find("grt_1", ["ana@example.com"]) == {}


def test_a_directory_is_out_of_date_once_marked(tx: SqlTransaction) -> None:
    """A mark makes what was seen out of date, of this grant or of its Zoom account; looking anew makes it good."""
    tx.grants.add(GRANT)
    tx.directory.mark_stale("grt_1", "too early: nobody looked yet")
    tx.directory.replace("grt_1", [ZOOM_USER], NOW, marks=0)
    for mark in (tx.directory.mark_stale, tx.directory.mark_account_stale):
        before = _age(tx)
        assert not before.stale
        mark("elsewhere", "user.updated")
        assert _age(tx) == before
        mark("grt_1" if mark == tx.directory.mark_stale else GRANT.zoom_account_id, "user.updated")
        assert _age(tx).stale
        assert _age(tx).stale_because == "user.updated"
        assert tx.directory.users("grt_1") == (ZOOM_USER,)
        tx.directory.replace("grt_1", [ZOOM_USER], NOW, marks=_age(tx).marks)


def test_a_mark_made_while_somebody_looked_stays(tx: SqlTransaction) -> None:
    """A list that was asked for before a change and comes back after it is kept, and is out of date."""
    tx.grants.add(GRANT)
    tx.directory.replace("grt_1", [ZOOM_USER], NOW, marks=0)
    tx.directory.mark_stale("grt_1", "user.deactivated")
    tx.directory.replace("grt_1", [ZOOM_USER], LATER, marks=0)
    assert _age(tx).stale
    assert _age(tx).fetched_at == LATER


def _age(tx: SqlTransaction) -> DirectoryAge:
    age = tx.directory.age("grt_1")
    assert age is not None
    return age


def test_host_days(tx: SqlTransaction) -> None:
    """Changes add up by host and day, used up stays used up, and the next day begins with nothing."""
    for _ in range(3):
        tx.host_days.count("zu_1", NOW.date())
    tx.host_days.use_up("zu_1", NOW.date())
    tx.host_days.count("zu_1", NOW.date())
    tx.host_days.count("zu_2", NOW.date())
    first = HostDayRecord(host_id="zu_1", day=NOW.date(), changes=4, used_up=True)
    assert tx.host_days.get("zu_1", NOW.date()) == first
    other = HostDayRecord(host_id="zu_2", day=NOW.date(), changes=1)
    assert tx.host_days.of_hosts(["zu_2", "zu_1", "zu_3"], NOW.date()) == (first, other)
    tomorrow = NOW.date() + timedelta(days=1)
    assert tx.host_days.get("zu_1", tomorrow) == HostDayRecord(host_id="zu_1", day=tomorrow)
    tx.host_days.count("zu_1", tomorrow)
    assert tx.host_days.get("zu_1", tomorrow).changes == 1
    assert tx.host_days.get("zu_1", NOW.date()).changes == 0
    assert tx.host_days.get("zu_2", NOW.date()) == other


def test_the_directory_of_an_ended_grant(tx: SqlTransaction, connection: Connection) -> None:
    """People seen through a grant are forgotten with it, and a look that comes back too late is not kept."""
    tx.grants.add(GRANT)
    tx.directory.replace("grt_1", [ZOOM_USER], NOW, marks=0)
    tx.grants.remove("grt_1")
    tx.directory.replace("grt_1", [ZOOM_USER], NOW, marks=0)
    assert connection.execute(select(metadata.tables["directory_users"])).all() == []


def test_why_an_intent_ended(tx: SqlTransaction) -> None:
    """All intents of an interview come back in their order, a failed one with its reason; what ended stays so."""
    tx.connections.save(CONNECTION)
    tx.interviews.save(INTERVIEW)
    tx.interviews.add_intent(INTENT)
    tx.interviews.settle_intent("itt_1", "failed", "no such user")
    tx.interviews.settle_intent("itt_1", "done", "too late")
    second = INTENT.model_copy(update={"id": "itt_2"})
    tx.interviews.add_intent(second)
    first = INTENT.model_copy(update={"state": "failed", "reason": "no such user"})
    assert tx.interviews.intents("int_1") == (first, second)
    assert tx.interviews.intents("int_2") == ()


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
