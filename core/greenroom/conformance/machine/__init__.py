"""The state machine: chance uses a product through the engine and the embedded Zoom, and everything has to hold.

::

    from greenroom.conformance.machine.running import run_machine

    registry = Registry.discover()
    report = run_machine(registry.profile("acme"), registry, first=7, plays=20, steps=15)
    assert report.passed, report.finding

Modules are imported one by one: a report can be read without hypothesis.
"""
