"""One of each record, every field set to something that is not its default."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from pydantic import SecretStr

from greenroom.engine.ports.records import (
    AttemptRecord,
    ConnectionRecord,
    DecisionRecord,
    GrantRecord,
    InboxRecord,
    IntentRecord,
    InterviewRecord,
    LetterRecord,
    MeetingRecord,
    NoticeRecord,
    OrganizationRecord,
    SettingsRecord,
    TicketRecord,
)
from greenroom.engine.ports.zoom import MeetingDraft
from greenroom.model import (
    Because,
    Candidate,
    Connection,
    Considered,
    GivenLink,
    HostChoice,
    Interview,
    Level,
    Meeting,
    Member,
    Permission,
    Person,
    PhaseKind,
    Say,
    Scope,
    Stage,
    Turn,
    Wish,
    ZoomAccount,
    ZoomUser,
)

NOW = datetime(2027, 3, 2, 15, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
IN_BERLIN = datetime(2027, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))
BECAUSE = (Because(clause="ACM-01", about="ana@example.com", fact="is a licensed user"),)

ORGANIZATION = OrganizationRecord(
    id="org_1",
    name="Ångström Labs",
    profile="acme",
    edition="2027-01",
    package="growth",
    calendar="google",
    zoom_plan="business",
    zoom_cloud="government",
    created_at=NOW,
)
OTHER = OrganizationRecord(id="org_2", name="Southwind", profile="acme", edition="2027-01", created_at=NOW)

MEMBER = Member(
    id="mem_1",
    email="ana@example.com",
    name="Ana",
    active=False,
    roles=frozenset({"Admin"}),
    permissions=frozenset({"schedule"}),
)
ZOOM_USER = ZoomUser(
    id="zu_1",
    email="Ana@Example.com",
    status="active",
    licence="licensed",
    role="custom",
    permissions=frozenset({Permission(section="Users", item="Users", view=True, edit=True)}),
    account=ZoomAccount(id="za_1", plan="pro", cloud="government", source="observed"),
)
CONNECTION = ConnectionRecord(
    id="con_1",
    organization_id="org_1",
    level=Level.MEMBER,
    owner="mem_1",
    phase="connected",
    grant_id="grt_1",
    zoom_user=ZOOM_USER,
    scopes=frozenset({"meeting:write:meeting"}),
    revision=3,
)
GRANT = GrantRecord(
    id="grt_1",
    app="main",
    client_id="client",
    zoom_user_id="zu_1",
    zoom_account_id="za_1",
    api_url="https://api-eu.zoom.us",
    access_token=SecretStr("canary-access"),
    refresh_token=SecretStr("canary-refresh"),
    scopes=frozenset({"meeting:write:meeting"}),
    expires_at=LATER,
    state="dead",
    generation=4,
)
TICKET = TicketRecord(
    token_hash="hash-1",
    organization_id="org_1",
    level=Level.ORGANIZATION,
    path="shared",
    app="admin",
    started_by="mem_1",
    must_be_email="ana@example.com",
    single_use=False,
    created_at=NOW,
    expires_at=LATER,
    closed_at=LATER,
)
ATTEMPT = AttemptRecord(
    state_hash="state-1",
    organization_id="org_1",
    level=Level.MEMBER,
    path="shared",
    app="main",
    started_by="mem_1",
    must_be_email="ana@example.com",
    verifier=SecretStr("canary-verifier"),
    binding_hash="binding",
    ticket_hash="hash-1",
    created_at=NOW,
    expires_at=LATER,
    used_at=LATER,
    outcome="granted",
)
SETTINGS = SettingsRecord(
    organization_id="org_1", scope=Scope.KIND, subject="Phone screen", values={"hosts": ["a", None, 1.0]}, revision=1
)
SEEN = Connection(
    level=Level.MEMBER,
    owner="mem_1",
    phase="connected",
    kind=PhaseKind.ACTIVE,
    zoom_user=ZOOM_USER,
    scopes=frozenset({"meeting:write:meeting"}),
    removed_by_actor=True,
)
MEETING = Meeting(
    id="85012345678",
    join_url="https://zoom.us/j/85012345678?pwd=x",
    passcode="a1b2",
    host=ZOOM_USER,
    via=SEEN,
    of="int_1",
    used_by=frozenset({"int_1"}),
    degraded=frozenset({"waiting_room"}),
)
GIVEN = GivenLink(url="https://zoom.us/my/ana", meeting_id="1", password="pw", same_as=MEETING)
INTERVIEW = InterviewRecord(
    id="int_1",
    organization_id="org_1",
    panel_id="pan_1",
    profile="acme",
    edition="2027-01",
    interview=Interview(
        id="int_1",
        panel="pan_1",
        kind="Phone screen",
        stage=Stage.CONFIRMED,
        wish=Wish(zoom=True, given=GIVEN, host="ana@example.com", options=(("colour", "red"), ("n", 1), ("on", True))),
        subject="Grüße \N{WAVING HAND SIGN}",
        start=IN_BERLIN,
        minutes=45,
        zone="Europe/Berlin",
        scheduler=Person(email="sam@example.com", name="Sam"),
        interviewers=(Person(email="ana@example.com", name="Ana", zoom=ZOOM_USER),),
        candidates=(Candidate(email="kim@example.org", name="Kim", time_zone="Asia/Seoul"),),
        room="Blue",
        notes="bring\nwater",
    ),
    state="cancelled",
    given=GIVEN,
    meeting_id="85012345678",
    marker="GR-ABC",
    sequence=2,
    created_at=NOW,
)
MEETING_RECORD = MeetingRecord(
    organization_id="org_1", connection_id="con_1", meeting=MEETING, state="deleted", created_at=NOW
)
CHOICE = HostChoice(
    because=BECAUSE,
    host=ZOOM_USER,
    via=SEEN,
    turn=Turn(pool=frozenset({"ana@example.com"}), host="ana@example.com"),
    considered=(Considered(who="ben@example.com", verdict="skipped", because=BECAUSE[0]),),
)
INTENT = IntentRecord(
    id="itt_1",
    organization_id="org_1",
    interview_id="int_1",
    connection_id="con_1",
    host_path="me",
    choice=CHOICE,
    draft=MeetingDraft(
        topic="Interview",
        agenda="Ref. GR-ABC",
        start=NOW,
        minutes=45,
        zone="Europe/Berlin",
        use_pmi=False,
        join_before_host=True,
        waiting_room=False,
        authentication=True,
        passcode="a1b2",
        auto_recording="cloud",
    ),
    insist=frozenset({"waiting_room"}),
    marker="GR-ABC",
    turn=CHOICE.turn,
    state="unclear",
    created_at=NOW,
)
DECISION = DecisionRecord(
    id="dec_1",
    organization_id="org_1",
    interview_id="int_1",
    hook="select_host",
    question="select_host",
    kind="host",
    answer={"because": [{"clause": "ACM-01"}], "n": 1.5, "none": None},
    profile="acme",
    edition="2027-01",
    version="1.2.3",
    amended_by=("record_all",),
    at=NOW,
)
LETTER = LetterRecord(
    id="let_1",
    organization_id="org_1",
    panel_id="pan_1",
    interview_id="int_1",
    audience="candidate",
    channel="mail",
    recipients=("kim@example.org", "ana@example.com"),
    uid="uid@greenroom",
    sequence=2,
    method="REQUEST",
    subject="Your interview",
    text="Hello\r\n",
    html="<p>Hello</p>",
    ics=b"BEGIN:VCALENDAR\r\n\xff\x00",
    eml=b"Subject: \x80\r\n",
    draft='{"a": 1}',
    release="on_send",
    editable=frozenset({"subject"}),
    state="sent",
    created_at=NOW,
    sent_at=LATER,
)
NOTICE = NoticeRecord(
    id="ntc_1",
    organization_id="org_1",
    event="complete:1",
    to="actor",
    recipient="ana@example.com",
    say=Say(key="connected", values=(("name", "Ana"), ("n", 2))),
    text="Connected.",
    at=NOW,
)
INBOX = InboxRecord(
    id="wh_1", app="main", digest="d1", body=b'{"event":"\xc3\xa4"}\xff', received_at=NOW, handled_at=None
)
