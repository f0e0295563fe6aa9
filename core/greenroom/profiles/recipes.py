"""Recipes in words: what a person does outside the product, step by step."""

from __future__ import annotations

from greenroom.model import Say, Value
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Recipe, RecipePermission
from greenroom.profiles.profile import Profile


class PermissionDescription(Value):
    """A permission that somebody's Zoom role has to give them, and what it is needed for."""

    section: str
    item: str
    rights: tuple[str, ...]
    purpose: str
    clauses: tuple[str, ...] = ()


class RecipeDescription(Value):
    """A recipe: what it is for, its steps in order, and the Zoom role it makes, if it makes one."""

    name: str
    says: str
    steps: tuple[str, ...]
    role_name: str | None = None
    role_description: str | None = None
    permissions: tuple[PermissionDescription, ...] = ()
    clauses: tuple[str, ...]


def recipe_of(profile: Profile, name: str) -> RecipeDescription:
    """Return a recipe of the profile's manifest in the words of its edition."""
    recipe = profile.manifest.recipes[name]
    return _described(profile.labels, name, recipe)


def recipes_of(profile: Profile) -> tuple[RecipeDescription, ...]:
    """Return every recipe of a profile; most have none."""
    return tuple(_described(profile.labels, name, recipe) for name, recipe in profile.manifest.recipes.items())


def _described(labels: Labels, name: str, recipe: Recipe) -> RecipeDescription:
    return RecipeDescription(
        name=name,
        says=labels.text(Say(key=recipe.say)),
        steps=tuple(labels.text(Say(key=step)) for step in recipe.steps),
        role_name=recipe.name,
        role_description=recipe.description,
        permissions=tuple(_permission(labels, one) for one in recipe.permissions),
        clauses=recipe.clauses,
    )


def _permission(labels: Labels, permission: RecipePermission) -> PermissionDescription:
    rights = (("View", permission.view), ("Edit", permission.edit))
    return PermissionDescription(
        section=permission.section,
        item=permission.item,
        rights=tuple(name for name, needed in rights if needed),
        purpose=labels.text(Say(key=permission.purpose)),
        clauses=permission.clauses,
    )
