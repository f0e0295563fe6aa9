"""How many whole decisions a second each installed profile makes: want, host and plan of one interview."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, Phase, given, settings

from greenroom.conformance import InProcess, Product, strategies
from greenroom.conformance.product import parts_of
from greenroom.model import CreateRequest, HostChoice, HostRequest, MeetingRequest, Wanted
from greenroom.profiles import Profile, Registry

SECONDS = 2.0


def sample(profile: Profile, many: int = 50) -> list[HostRequest]:
    """Return requests as the contracts draw them, the same ones each time."""
    found: list[HostRequest] = []
    subject = InProcess(profile)

    @settings(
        max_examples=many,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=strategies.host_requests(Product(subject)))
    def collect(drawn: HostRequest) -> None:
        parts = parts_of(drawn)
        subject.reset(parts.world, parts.settings)
        request = subject.request(parts.actor, "select_host", parts.arguments)
        assert isinstance(request, HostRequest)
        found.append(request)

    collect()
    return found


def decide(profile: Profile, request: HostRequest) -> None:
    """Ask the three questions, as far as they go."""
    fields = {name: getattr(request, name) for name in MeetingRequest.model_fields}
    if not isinstance(profile.want_meeting(MeetingRequest(**fields)).answer, Wanted):
        return
    choice = profile.select_host(request).answer
    if isinstance(choice, HostChoice):
        profile.create_meeting(CreateRequest(**fields, choice=choice))


def main() -> None:
    """Print decisions a second for each profile."""
    registry = Registry.discover()
    for name in registry.names:
        profile = registry.profile(name)
        requests = sample(profile)
        done, started = 0, time.perf_counter()
        while time.perf_counter() - started < SECONDS:
            decide(profile, requests[done % len(requests)])
            done += 1
        print(f"{name:18} {done / (time.perf_counter() - started):8.0f} decisions/s")


if __name__ == "__main__":
    main()
