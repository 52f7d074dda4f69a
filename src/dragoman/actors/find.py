"""The stage: document → cast."""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.actors.drafts import Drafts
from dragoman.actors.joins import join_offices
from dragoman.actors.names import add_known_names, add_known_places, add_recognised_bodies
from dragoman.actors.people import add_people
from dragoman.actors.quotations import add_first_persons
from dragoman.actors.respective import pair_respectively
from dragoman.actors.walk import Walk
from dragoman.actors.words import Words
from dragoman.actors.world import World
from dragoman.language.document import Document


def find_actors(document: Document, world: World) -> Cast:
    """Find who is who: names first, then in one walk offices, bodies, sets and pronouns, each with what stands before it resolved.

    Args:
        document: One parsed report.
        world: All known actors.

    Returns:
        The cast; actors in order of appearance, mentions in text order.

    Source: resources/actors for names, resources/en/offices.yaml and resources/en/references.yaml for the rest.
    """
    drafts = Drafts(document, Words.of(document.doc), world)
    people, places = add_known_names(drafts)
    add_people(drafts, people, frozenset(drafts.words.doc[s:e].text for s, e, _ in places))
    add_known_places(drafts, places)
    add_recognised_bodies(drafts)
    pair_respectively(drafts)
    Walk(drafts).run()
    join_offices(drafts)
    add_first_persons(drafts)
    return drafts.sealed()
