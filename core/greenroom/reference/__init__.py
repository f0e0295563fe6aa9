"""The reference for authors of profiles, made from the code: hooks, values, and the files of a profile.

``python -m greenroom.reference docs/reference`` writes it. What a field means stands in the code as a string below
the field, where whoever changes the field sees it.
"""
