"""The stage: document → cast."""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.actors.coreference import join_surnames, resolve_references
from dragoman.actors.drafts import Drafts
from dragoman.actors.names import add_known_names, add_recognised_names
from dragoman.actors.offices import add_bodies, add_titles
from dragoman.actors.world import World
from dragoman.language.document import Document


def find_actors(document: Document, world: World) -> Cast:
    """Find who is who: names, offices, then who the pronouns and descriptions stand for.

    Args:
        document: One parsed report.
        world: All known actors.

    Returns:
        The cast; actors in order of appearance, mentions in text order.

    Source: resources/actors for names, resources/en/offices.yaml for offices.
    """
    drafts = Drafts(document)
    add_known_names(drafts, world)
    add_recognised_names(drafts)
    join_surnames(drafts)
    add_titles(drafts)
    add_bodies(drafts)
    resolve_references(drafts)
    return drafts.sealed()
