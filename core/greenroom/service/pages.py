"""The few pages a person sees: what came of the visit to Zoom, or why there was none."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from greenroom.engine.outcomes import GateOutcome, WayOn
from greenroom.profiles import RecipeDescription


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page says, all of it plain text. ``reference``: what to quote to whoever runs this deployment."""

    title: str
    says: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    role: tuple[tuple[str, str], ...] = ()
    next: tuple[str, ...] = ()
    reference: str = ""


def outcome_page(outcome: GateOutcome) -> Page:
    """Return the page for what came of a visit to Zoom, in the product's words where it has them."""
    return Page(
        title="Zoom was not connected" if outcome.refused else "Zoom is connected",
        says=tuple(text for text in (outcome.message, *outcome.warnings) if text),
        facts=(("Organization", outcome.organization), ("Zoom", outcome.phase_label)),
        steps=outcome.instructions.steps if outcome.instructions is not None else (),
        role=_role(outcome.instructions),
        next=_next(outcome),
    )


def html(page: Page, *, status: int = 200) -> HTMLResponse:
    """Return a page as a response; every value is escaped, and no style but the page's own applies."""
    style, digest = page_style()
    body = templates().get_template("page.html").render(page=page, style=Markup(style))  # noqa: S704  # our own file
    policy = f"default-src 'none'; style-src '{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return HTMLResponse(body, status, {"content-security-policy": policy})


def _role(recipe: RecipeDescription | None) -> tuple[tuple[str, str], ...]:
    """Return what a Zoom admin copies from the page while making the role."""
    if recipe is None:
        return ()
    names = (("Role name", recipe.role_name), ("Role description", recipe.role_description))
    permissions = (
        (f"{one.section}: {one.item}", f"{' and '.join(one.rights)}. {one.purpose}") for one in recipe.permissions
    )
    return (*((name, text) for name, text in names if text), *permissions)


def _next(outcome: GateOutcome) -> tuple[str, ...]:
    if not outcome.refused:
        return ("You can close this page and go back to where you came from.",)
    return tuple(dict.fromkeys(map(_way, outcome.ways_on))) or ("Start again from the integration's page.",)


def _way(way: WayOn) -> str:
    return f"{way.label} ({way.where})" if way.where else way.label


@cache
def page_style() -> tuple[str, str]:
    """Return the style sheet, and the digest by which a content security policy allows it and no other."""
    style = files("greenroom.service").joinpath("templates/page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return style, f"sha256-{digest}"


@cache
def templates() -> Environment:
    """Return the templates of pages; every value in them is escaped."""
    loader = PackageLoader("greenroom.service")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
