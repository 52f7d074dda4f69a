"""Officials and bodies without a name: whose they are, whether they were told before, what they are called."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.actors.beside import body_beside, person_beside
from dragoman.actors.drafts import Drafts
from dragoman.actors.earlier import is_definite, known_group, mentioned_before, official_of, one_of
from dragoman.actors.floor import Floor
from dragoman.actors.homes import has_body, home
from dragoman.actors.lexicon import Office, offices
from dragoman.actors.offices import allegiance, clean_name, has_other_name, is_former, is_non_state, office_at, phrase_bounds
from dragoman.actors.sets import each_of_a_state
from dragoman.actors.titles import Titles
from dragoman.actors.worth import is_worth_naming
from dragoman.records.actor import MentionKind

PLURAL = frozenset({"NNS", "NNPS"})
LONGEST = 80  # characters of a mention


class Unnamed:
    """Makes mentions of what an office or body noun stands for.

    Attributes:
        look_at: Resolves what a token heads that was not looked at yet.
    """

    def __init__(self, drafts: Drafts, floor: Floor, titles: Titles, look_at: Callable[[int], None]) -> None:
        self.drafts = drafts
        self.words = drafts.words
        self.floor = floor
        self.salience = floor.salience
        self.titles = titles
        self.look_at = look_at

    def resolve(self, i: int) -> None:
        """Mention what token `i` names, if it names an office or a body."""
        words = self.words
        if i in self.drafts.titles:
            return
        office = office_at(words, i)
        if office is None or (words.dep[i] in ("compound", "amod", "nmod") and words.pos[words.head[i]] in ("NOUN", "PROPN")):
            return
        if named := person_beside(self.drafts, i, office):
            self.titles.amend(named, i, office)
            self.add([named], i, office, "title", "title:apposition", 0.85, told=True)
            return
        if same := body_beside(self.drafts, i, office):
            self.add([same], i, office, "title", "title:apposition", 0.85, told=True)
            return
        if self._of_somebody(i, office):
            return
        acts_for, country, owner = allegiance(self.drafts, i, office, self.look_at)
        if owner and (same := known_group(self.drafts, self.salience, i, office, country)):
            self.add([same], i, office, "title", "coreference:group", 0.75, told=True)
            return
        if same := official_of(self.drafts, self.salience, i, office, acts_for):
            self.add([same], i, office, "title", "coreference:title", 0.7, told=True)
            return
        if not is_worth_naming(words, i, office, placed=bool(acts_for or country or owner)):
            return
        once = words.tag[i] in PLURAL and office.noun in offices().heads_of_state and not (acts_for or country or owner)
        if once and (states := each_of_a_state(self.drafts, self.salience, i)):
            self.add(list(states), i, office, "set", "coreference:set", 0.6, told=False)
            return
        foreign = words.lower[i] == words.text[i] and has_other_name(self.drafts, i)
        if owner is None and not foreign and (same := mentioned_before(self.drafts, self.salience, i, office)):
            self.add([same], i, office, "title", "coreference:title", 0.7, told=True)
            return
        rule, confidence = ("office:" + office.family, 0.8) if acts_for or country or owner else ("office:unplaced", 0.5)
        former = is_former(words, i)
        if not (acts_for or country or owner):
            if group := one_of(self.drafts, self.salience, i, office):
                acts_for, country = self.drafts.actors[group].acts_for, self.drafts.actors[group].country
                rule, confidence = "coreference:one-of", 0.7
            elif not foreign and not former and not once and self._is_of_the_state_in_mind(i, office):
                acts_for = country = home(self.drafts, self.salience, i, office)
                rule, confidence = ("office:home", 0.55) if acts_for else (rule, confidence)
        if office.kind == "person" and former:
            acts_for = None
        self._make(i, office, acts_for, country or self._country(acts_for), owner, rule, confidence)

    def _of_somebody(self, i: int, office: Office) -> bool:
        """`his country` is the state of the man; `the leaders of France and Spain` are both states."""
        words, drafts = self.words, self.drafts
        if office.noun in ("country", "nation") and words.tag[i] not in PLURAL:
            for c in words.kids[i]:
                if words.dep[c] == "poss":
                    self.look_at(c)
                    for id in drafts.heads.get(c, ()):
                        if drafts.actors[id].country and (state := drafts.state(drafts.actors[id].country)):
                            self.add([state], i, office, "title", "coreference:own-country", 0.75, told=True)
                            return True
        if words.tag[i] in PLURAL and office.official and not is_former(words, i) and not is_non_state(self.drafts, i):
            for c in words.kids[i]:
                several = (
                    words.children(c, "pobj")
                    if words.dep[c] == "prep" and words.lower[c] == "of"
                    else [c]
                    if words.dep[c] in ("amod", "poss", "nmod", "compound") and c < i
                    else []
                )
                for noun in several:
                    self.look_at(noun)
                    ids = tuple(dict.fromkeys(x for k in words.conjuncts(noun) for x in drafts.heads.get(k, ())))
                    if len(ids) > 1 and all(drafts.actors[x].kind in ("state", "igo") for x in ids):
                        self.add(list(ids), i, office, "set", "office:several", 0.8, told=False, until=words.conjuncts(noun)[-1] + 1)
                        return True
        return False

    def _is_of_the_state_in_mind(self, i: int, office: Office) -> bool:
        return office.official and not is_non_state(self.drafts, i) and (is_definite(self.words, i, office) or has_body(self.words, i))

    def _country(self, code: str | None) -> str | None:
        return code if code and f"state:{code}" in self.drafts.world.entries else None

    def _make(self, i: int, office: Office, acts_for: str | None, country: str | None, owner: str | None, rule: str, confidence: float) -> None:
        words = self.words
        plural = words.tag[i] in PLURAL or (words.lower[i] == office.noun + "s")
        told = any(c < i and (c in self.drafts.heads or c in self.drafts.locatives) for c in words.kids[i])
        start, end = phrase_bounds(self.drafts, i, office, told=told)
        name = clean_name(words, start, end)
        possessor = next((c for c in words.kids[i] if words.dep[c] == "poss" and words.tag[c] == "PRP$"), None)
        if owner and possessor is not None and possessor in self.drafts.heads:
            of = self.drafts.actors[owner]
            state = self.drafts.state(of.acts_for) if of.acts_for and (of.kind == "organization" or (of.kind == "person" and office.family == "body")) else None
            name = name if office.family == "allies" else f"{possessive(self.drafts.actors[state or owner].name)} {name}"
        elif rule == "office:home" and acts_for and (state := self.drafts.state(acts_for)):
            name = f"{possessive(self.drafts.actors[state].name)} {name}"
        kind = "group" if plural and office.is_person else office.kind
        key = f"{office.noun}" if office.family == "body" and acts_for and not any(words.dep[c] == "amod" and c not in self.drafts.heads for c in words.kids[i]) else None
        id = self.drafts.make(
            name, kind, rule=rule, acts_for=acts_for, country=country, office=office.noun if kind == "person" else None, sector=office.sector,
            member_of=owner, plural=plural or office.noun in ("police", "people", "crew"), key=key,
        )  # fmt: skip
        if kind == "person" and self.drafts.actors[id].gender is None:
            self.drafts.actors[id].gender = "she" if office.noun.endswith(offices().women) else "he" if office.noun.endswith(offices().men) else None
        self.add([id], i, office, "title", rule, confidence, told=told)

    def add(self, ids: list[str], i: int, office: Office, how: MentionKind, rule: str, confidence: float, *, told: bool, until: int = 0) -> None:
        """Mention somebody by the phrase of a noun, up to `until` where that is further; by the noun alone where the phrase is too long or crosses a paragraph."""
        start, end = phrase_bounds(self.drafts, i, office, told=told)
        end = max(end, until)
        span = self.drafts.document.span(start, end)
        if span.end - span.start > LONGEST or any(self.drafts.document.paragraph(self.words.doc[k]) != self.drafts.document.paragraph(self.words.doc[i]) for k in (start, end - 1)):
            start, end = i, i + 1
        self.drafts.mention(ids, start, end, i, how, rule, confidence)
        self.floor.seen(i)


def possessive(name: str) -> str:
    """`Chile's`, `United States'`."""
    return name + ("'" if name.endswith("s") else "'s")
