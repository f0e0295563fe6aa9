"""Find, check, ask and describe profiles; one broken plugin never stops the others.

registry = Registry.discover()
profile = registry.profile("acme")
answered = profile.authorize(request)
"""

from greenroom.profiles.description import (
    ActionDescription,
    ChoiceDescription,
    LevelDescription,
    PhaseDescription,
    ProfileDescription,
    ScopeDescription,
    SettingDescription,
    describe,
)
from greenroom.profiles.errors import (
    BlockedProfile,
    BrokenProfile,
    DuplicateProfile,
    FactNotDeclared,
    IncompatibleProfile,
    Origin,
    ProfileError,
    ProfileFault,
    UnknownEdition,
    UnknownProfile,
    UnreadableSwitches,
    WrongAnswer,
)
from greenroom.profiles.labels import Labels, PhaseLabel
from greenroom.profiles.manifest import Manifest
from greenroom.profiles.profile import Answered, Profile
from greenroom.profiles.recipes import PermissionDescription, RecipeDescription, recipe_of, recipes_of
from greenroom.profiles.registry import PluginReport, Registry, Status
from greenroom.profiles.switches import Switches
from greenroom.profiles.walkthrough import Walkthrough

__all__ = [
    "ActionDescription",
    "Answered",
    "BlockedProfile",
    "BrokenProfile",
    "ChoiceDescription",
    "DuplicateProfile",
    "FactNotDeclared",
    "IncompatibleProfile",
    "Labels",
    "LevelDescription",
    "Manifest",
    "Origin",
    "PermissionDescription",
    "PhaseDescription",
    "PhaseLabel",
    "PluginReport",
    "Profile",
    "ProfileDescription",
    "ProfileError",
    "ProfileFault",
    "RecipeDescription",
    "Registry",
    "ScopeDescription",
    "SettingDescription",
    "Status",
    "Switches",
    "UnknownEdition",
    "UnknownProfile",
    "UnreadableSwitches",
    "Walkthrough",
    "WrongAnswer",
    "describe",
    "recipe_of",
    "recipes_of",
]
