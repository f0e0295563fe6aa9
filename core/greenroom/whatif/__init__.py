"""One scenario played through several profiles, side by side: what each would have done, and why.

::

    from greenroom.whatif.play import play
    from greenroom.whatif.scenario import load_scenario

    report = await play(load_scenario(path), ["acme", "bolt"], switches=Switches())
    print(*report.where_they_differ, sep="\\n")

Modules are imported one by one: a report can be read without a server, a player cannot.
"""
