"""A scenario file: who there is, how they stand in the product and at Zoom, and what happens, in order.

Nothing in it names a product. Everybody has a short name by which events speak of them; roles are the two every
profile has (its administrator's and its plain one), with a profile's own role names beside them where it matters.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator

from greenroom.documents import load_model
from greenroom.engine.panel import Line
from greenroom.model import CalendarKind, Cloud, Email, Value, ZoomPlan, ZoomStatus
from greenroom.profiles.walkthrough import CastName
from greenroom.whatif.clockwork import wrong_times
from greenroom.whatif.events import Event, Name
from greenroom.whatif.references import wrong_references

EARLIEST = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""When a scenario begins that does not say: a Monday morning, UTC."""


def _aware(text: str) -> str:
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if found.tzinfo is None:
        message = "it has no offset: write one, or Z for UTC"
        raise ValueError(message)
    return text


InstantText = Annotated[str, AfterValidator(_aware)]
"""An instant as ISO text with ``Z`` or an offset."""


class Seat(Value):
    """How somebody stands at Zoom.

    ``role`` is owner, admin, member or one of ``zoom.roles``; ``account`` *own* is a free account of their own, outside
    the company's. ``settings`` are Zoom's own names (``use_pmi_for_scheduled_meetings``).
    """

    role: str = "member"
    licence: Literal["basic", "licensed"] = "licensed"
    status: ZoomStatus = "active"
    account: Literal["company", "own"] = "company"
    settings: dict[str, bool | str] = Field(default_factory=dict)


class ScenarioPerson(Value):
    """Somebody of the scenario; without ``product`` no member of the organization, without ``zoom`` unknown to Zoom.

    ``roles``: a profile's own role names for this person, by profile, instead of the role ``product`` means there.
    """

    name: Line | None = None
    email: Email | None = None
    product: Literal["administrator", "plain"] | None = None
    roles: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    zoom: Seat | None = None
    time_zone: str | None = None


class ZoomRoleSpec(Value):
    """A Zoom role of the company's own; ``privileges`` are such as ``User:Edit``."""

    name: str
    privileges: tuple[str, ...]


class Company(Value):
    """The company's Zoom account: plan, whether people need an admin's approval to add an app, cloud, settings."""

    plan: ZoomPlan = "business"
    approval: Literal["required", "not_required"] = "not_required"
    cloud: Cloud = "commercial"
    settings: dict[str, bool | str] = Field(default_factory=dict)
    locks: tuple[str, ...] = ()
    roles: tuple[ZoomRoleSpec, ...] = ()


class Instance(Value):
    """The organization in the product. ``zoom_plan``: whether the product was told the Zoom account's plan."""

    calendar: CalendarKind = "google"
    zoom_plan: Literal["stated", "not_stated"] = "stated"


class Opening(Value):
    """How a scenario begins: everything its file says but what happens.

    ``set_up`` casts people for the profile's own walkthrough, which is then played before the first event; without it
    everybody starts from nothing. ``starts`` is where the frozen clock stands at first.
    """

    scenario: Literal[1]
    title: Line
    question: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    look_for: tuple[str, ...] = ()
    starts: InstantText = Field(default_factory=EARLIEST.isoformat)
    zone: str = "UTC"
    zoom: Company = Company()
    organization: Instance = Instance()
    people: dict[Name, ScenarioPerson] = Field(min_length=1)
    set_up: dict[CastName, Name] | None = None

    @property
    def start(self) -> datetime:
        """The instant it begins at, in UTC."""
        return datetime.fromisoformat(self.starts.replace("Z", "+00:00")).astimezone(UTC)

    def email(self, name: str) -> str:
        """Return the address of somebody of the scenario."""
        return self.people[name].email or f"{name}@northwind.example"

    def full_name(self, name: str) -> str:
        """Return how somebody is called."""
        return self.people[name].name or name.replace("_", " ").replace("-", " ").title()

    def name_of(self, email: str) -> str:
        """Return the scenario's name of an address, or the address if it is nobody's here."""
        return next((name for name in self.people if self.email(name) == email), email)


class Scenario(Opening):
    """One scenario, as its file says it: an opening, and what happens, in order."""

    events: tuple[Event, ...] = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        problems = [
            *wrong_references(self.people, self.set_up or {}, self.events),
            *wrong_times(self.events, self.start, self.zone),
        ]
        if problems:
            raise ValidationError.from_exception_data(type(self).__name__, problems)
        return self

    @classmethod
    def of(cls, opening: Opening, events: tuple[Event, ...]) -> Scenario:
        """Return the scenario in which ``events`` happen after an opening. Raises ``ValidationError``."""
        fields = {name: getattr(opening, name) for name in Opening.model_fields}
        return cls(**fields, events=events)


def load_scenario(path: Path) -> Scenario:
    """Return the scenario in a YAML file.

    Raises:
        DocumentError: the file cannot be read, or says something that is not part of a scenario; each mistake with
            its line, among them names that nobody has and interviews that nobody scheduled before.
    """
    return load_model(path, Scenario)
