"""Titles: what the words before or beside a name tell of whom its bearer acts for, and in what office."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.actors.drafts import Drafts
from dragoman.actors.floor import Floor
from dragoman.actors.homes import home
from dragoman.actors.lexicon import Office, offices, references
from dragoman.actors.offices import allegiance, is_former, is_non_state, office_at

PLURAL = frozenset({"NNS", "NNPS"})
LONGEST_TITLE = 8  # tokens
UNKNOWN_BODY = Office("body", "business", None)


class Titles:
    """Gives people and bodies by name the office, allegiance and country that the text tells of them.

    Attributes:
        look_at: Resolves what a token heads that was not looked at yet.
    """

    def __init__(self, drafts: Drafts, floor: Floor, look_at: Callable[[int], None]) -> None:
        self.drafts = drafts
        self.words = drafts.words
        self.floor = floor
        self.salience = floor.salience
        self.look_at = look_at

    def place_body(self, i: int, id: str) -> None:
        """`Libya's High Council`: a body that only its name is known of belongs to the country in its phrase, and acts for it where its noun says so."""
        actor = self.drafts.actors[id]
        if actor.country or actor.acts_for:
            return
        office = office_at(self.words, i) or UNKNOWN_BODY
        acts_for, country, _ = allegiance(self.drafts, i, office, self.look_at)
        actor.acts_for, actor.country = (acts_for if office.family in ("body", "weak") else None), country

    def has_title(self, i: int) -> bool:
        """Whether a title stands before a name, or an apposition beside it."""
        start = self._start(i)
        return (start > 0 and start - 1 in self.drafts.titles) or any(self.words.dep[c] == "appos" for c in self.words.kids[i])

    def told(self, i: int, id: str) -> tuple[int, Office] | None:
        """Give a person the office, allegiance and country that a title before or beside the name tells.

        Returns:
            The title and its office where it stands in apposition after the name and nobody has mentioned it yet, so that it is a mention of its own.
        """
        words = self.words
        start = self._start(i)
        titles = [start - 1] if start > 0 and self.drafts.titles.get(start - 1) == id else []
        titles += [c for c in words.kids[i] if words.dep[c] == "appos"]
        for title in titles:
            office = office_at(words, title)
            if office is None or (not office.is_person and title != start - 1) or (words.tag[title] in PLURAL and words.tag[i] not in PLURAL):
                continue
            self.amend(id, title, office)
            return (title, office) if title > i and title not in self.drafts.heads else None
        return None

    def amend(self, id: str, title: int, office: Office) -> None:
        """Give a person what one title tells."""
        actor = self.drafts.actors[id]
        acts_for, country, owner = allegiance(self.drafts, title, office, self.look_at)
        if owner == id:
            return
        if not (acts_for or country or owner):
            acts_for, country, owner = self._of_the_name(title, id)
        former = is_former(self.words, title)
        if (office.sector or not actor.office) and (former or not (actor.office or "").endswith(office.noun)):
            actor.office = ("former " if former else "") + office.noun
            actor.sector = office.sector or actor.sector
        actor.country = actor.country or country
        if former or is_non_state(self.drafts, title):
            actor.acts_for = None
        elif acts_for:
            if office.noun in offices().heads_of_state or not self._is_bodys_own(actor.acts_for, acts_for):
                actor.acts_for = acts_for
        elif office.official and actor.acts_for is None and owner is None and not (actor.entry and actor.entry.terms):
            actor.acts_for = home(self.drafts, self.salience, title, office, named=True)
            actor.country = actor.country or actor.acts_for
        if owner and not acts_for and not actor.member_of and self.drafts.actors[owner].kind in ("group", "organization", "igo", "media"):
            actor.member_of = owner
            if actor.entry is None and not former and self.drafts.actors[owner].kind == "igo":
                actor.acts_for = self.drafts.actors[owner].acts_for

    def _is_bodys_own(self, before: str | None, now: str) -> bool:
        """`The Union's envoy, Kenyan diplomat Tom Otieno`: who acts for a body acts for it whatever he is by birth."""
        kinds = [entry.kind for code in (before, now) if code and (entry := self.drafts.world.code(code))]
        return kinds == ["igo", "state"]

    def _of_the_name(self, title: int, id: str) -> tuple[str | None, str | None, str | None]:
        """Whose an office is where the parser hangs that on the name: `Foreign Minister Lena Roos of Estonia`, `UN aid chief Ola Berg`; as `allegiance`."""
        words, heads = self.words, self.drafts.heads
        for name in (title + 1, words.head[title + 1]) if title + 1 < len(words) else ():
            told: list[int] = []
            for c in words.kids[name] if id in heads.get(name, ()) else ():
                if words.dep[c] == "prep" and words.lower[c] == "of":
                    told += words.children(c, "pobj")
                elif c < title and words.dep[c] in ("compound", "nmod", "amod", "poss"):
                    told.append(c)
            for noun in told:
                for x in heads.get(noun, ()):
                    if (owner := self.drafts.actors[x]).acts_for:
                        return owner.acts_for, owner.country, x
        return self._at_the_front(title)

    def _at_the_front(self, title: int) -> tuple[str | None, str | None, str | None]:
        """`Kazakh Water Minister Yerlan Sadykov`: the state or body at the front of the words before a title, however the parser hangs them."""
        words = self.words
        for i in range(title - 1, max(title - LONGEST_TITLE, -1), -1):
            if words.pos[i] not in ("NOUN", "PROPN", "ADJ") and words.lower[i] not in ("and", "'s", "’s", "'", "’"):
                break
            for x in self.drafts.heads.get(i, ()):
                if (owner := self.drafts.actors[x]).acts_for and owner.kind in ("state", "igo"):
                    return owner.acts_for, owner.country, x
        return None, None, None

    def introduce(self, i: int, id: str) -> None:
        """Whom somebody acts for who has no title: `Egypt's Sameh Nour`, or, where he speaks, the official of the sentence before, told without his name."""
        words, actor = self.words, self.drafts.actors[id]
        if actor.entry is not None or actor.country or actor.member_of or any(words.dep[c] in ("appos", "relcl", "prep", "acl") for c in words.kids[i]):
            return  # who he is is told here, or is known
        owner = next((x for c in words.kids[i] if words.dep[c] == "poss" for x in self.drafts.heads.get(c, ()) if self.drafts.actors[x].kind == "state"), None)
        dep, verb = words.role(i)
        speaks = dep == "nsubj" and words.lemma[verb] in references().saying
        if owner is None and (not speaks or self.floor.voice is None or any(words.dep[c] in ("compound", "amod", "poss", "nmod") and self._start(i) > c for c in words.kids[i])):
            return
        before = self.drafts.actors[owner or self.floor.voice or id]
        if owner is None and not (
            before.kind == "person" and before.rule.startswith("office:") and not before.plural and words.sentence[i] - self.salience.sentence.get((before.id,), -9) <= 1
        ):
            return
        actor.acts_for, actor.country = before.acts_for, before.country
        if owner is None:
            actor.office, actor.sector, actor.member_of = before.office, before.sector, before.member_of

    def _start(self, i: int) -> int:
        draft = self.drafts.taken.get(i)
        return draft.place.start if draft else i
