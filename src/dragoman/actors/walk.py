"""One walk through the text: each token that may stand for somebody is looked at with what stands before it already resolved."""

from __future__ import annotations

from collections import Counter

from dragoman.actors.drafts import Drafts
from dragoman.actors.earlier import is_definite, known_group, mentioned_before, official_of, one_of
from dragoman.actors.homes import has_body, home
from dragoman.actors.lexicon import Office, references
from dragoman.actors.offices import allegiance, clean_name, has_other_name, is_former, is_non_state, office_at, phrase_bounds
from dragoman.actors.pronouns import HE, IT, THEY, antecedent
from dragoman.actors.salience import Salience
from dragoman.actors.sets import described, set_at
from dragoman.actors.two import named_together
from dragoman.actors.worth import is_worth_naming
from dragoman.records.actor import MentionKind

PRONOUNS = frozenset(HE) | IT | THEY
PLURAL = frozenset({"NNS", "NNPS"})
LONGEST = 80  # characters of a mention
EPITHET_REACH = 2  # sentences since the person was named
UNKNOWN_BODY = Office("body", "business", None)
WOMEN = ("woman", "queen", "princess", "mother", "sister", "daughter", "wife", "widow", "girl", "nun")
MEN = ("man", "king", "prince", "father", "brother", "husband", "boy", "emir", "sultan", "priest", "imam")
MEDIA_NOUNS = frozenset({"news agency", "newspaper", "broadcaster", "television station", "radio station", "media outlet", "channel", "magazine", "agency", "daily"})


class Walk:
    """Finds unnamed officials, bodies, groups, sets and pronouns, and gives people the office that the text tells of them."""

    def __init__(self, drafts: Drafts) -> None:
        self.drafts = drafts
        self.words = drafts.words
        self.salience = Salience(drafts.words, named=Counter(drafts.actors[m.actor].acts_for or m.actor for m in drafts.mentions), together=named_together(drafts))
        self.speaker: str | None = None  # the person who spoke last
        self.voice: str | None = None  # whoever spoke last
        self.bodies: dict[str, str] = {}  # the institution of a state that spoke last, by the state's code
        self.body: str | None = None  # the institution that spoke last
        self._looked_at: set[int] = set()

    def run(self) -> None:
        """Look at every token, in text order."""
        for i in range(len(self.words)):
            self.look_at(i)

    def look_at(self, i: int) -> None:
        """Resolve what token `i` heads, if it heads anything and was not looked at yet."""
        if i in self._looked_at:
            return
        self._looked_at.add(i)
        if i in self.drafts.heads:
            self._named(i)
            return
        if i in self.drafts.taken:
            return
        pos = self.words.pos[i]
        if pos == "PRON" or self.words.tag[i] == "PRP$":
            if self.words.lower[i] in PRONOUNS:
                self._pronoun(i)
            else:
                self._set(i)
        elif pos in ("NOUN", "PROPN", "ADJ", "NUM", "DET"):
            if self._set(i) or self._part(i) or pos in ("NUM", "DET"):
                return
            if self._description(i) or self._document(i) or self._epithet(i):
                return
            if pos != "ADJ" or self.words.dep[i] in ("nsubj", "dobj", "pobj", "nsubjpass"):
                self._office(i)

    def _named(self, i: int) -> None:
        for id in self.drafts.heads[i]:
            if self.drafts.actors[id].rule == "entity:organization":
                self._place_body(i, id)
            elif (self.drafts.actors[id].kind == "person" and self.drafts.actors[id].acts_for is None) or self._has_title(i):
                self._title_of(i, id)
                if not self.drafts.actors[id].acts_for and not self.drafts.actors[id].office:
                    self._introduce(i, id)
        self._seen(i)

    def _place_body(self, i: int, id: str) -> None:
        """`Libya's High Council`: a body that only its name is known of belongs to the country in its phrase, and acts for it where its noun says so."""
        actor = self.drafts.actors[id]
        if actor.country or actor.acts_for:
            return
        office = office_at(self.words, i) or UNKNOWN_BODY
        acts_for, country, _ = allegiance(self.drafts, i, office, self.look_at)
        actor.acts_for, actor.country = (acts_for if office.family in ("body", "weak") else None), country

    def _seen(self, i: int, *, factor: float = 1.0) -> None:
        """Note in salience what token `i` stands for, alone and with those coordinated with it."""
        words, heads = self.words, self.drafts.heads
        ids = tuple(heads[i])
        if words.dep[i] == "amod" and len(ids) == 1 and self.drafts.actors[ids[0]].kind == "place":
            return
        self.salience.seen(ids, i, factor=factor)
        for id in ids if len(ids) > 1 else ():
            self.salience.seen((id,), i, factor=0.5)
        if words.dep[i] != "conj" and any(words.dep[c] == "conj" for c in words.kids[i]):
            together = tuple(dict.fromkeys(x for c in words.conjuncts(i) for x in heads.get(c, ())))
            if len(together) > 1:
                self.salience.seen(together, i)
        dep, verb = words.role(i)
        says = (dep == "nsubj" and words.lemma[verb] in references().saying) or (dep == "pobj" and words.lower[words.head[verb]] == "according")
        if dep == "nsubj" and words.dep[verb] == "ROOT" and len(ids) == 1 and self.drafts.actors[ids[0]].kind == "person":
            self.speaker = ids[0]
        if says and len(ids) == 1:
            self.voice = ids[0]
            actor = self.drafts.actors[ids[0]]
            if actor.kind == "organization":
                self.body = ids[0]
                if actor.acts_for:
                    self.bodies[actor.acts_for] = ids[0]
            if self.drafts.actors[ids[0]].kind == "person":
                self.speaker = ids[0]

    def _introduce(self, i: int, id: str) -> None:
        """Whom somebody acts for who speaks without a title: `Egypt's Sameh Nour said`, or the official of the sentence before, told without his name."""
        words, actor = self.words, self.drafts.actors[id]
        dep, verb = words.role(i)
        if actor.entry is not None or actor.country or actor.member_of or dep != "nsubj" or words.lemma[verb] not in references().saying:
            return
        if any(words.dep[c] in ("appos", "relcl", "prep", "acl") for c in words.kids[i]):
            return  # who he is is told here
        owner = next((x for c in words.kids[i] if words.dep[c] == "poss" for x in self.drafts.heads.get(c, ()) if self.drafts.actors[x].kind == "state"), None)
        if owner is None and (self.voice is None or any(words.dep[c] in ("compound", "amod", "poss", "nmod") and self._start(i) > c for c in words.kids[i])):
            return
        before = self.drafts.actors[owner or self.voice or id]
        if owner is None and not (
            before.kind == "person" and before.rule.startswith("office:") and not before.plural and words.sentence[i] - self.salience.sentence.get((before.id,), -9) <= 1
        ):
            return
        actor.acts_for, actor.country = before.acts_for, before.country
        if owner is None:
            actor.office, actor.sector, actor.member_of = before.office, before.sector, before.member_of

    def _has_title(self, i: int) -> bool:
        start = self._start(i)
        return (start > 0 and start - 1 in self.drafts.titles) or any(self.words.dep[c] == "appos" for c in self.words.kids[i])

    def _start(self, i: int) -> int:
        draft = self.drafts.taken.get(i)
        return draft.place.start if draft else i

    def _title_of(self, i: int, id: str) -> None:
        """Give a person the office, allegiance and country that a title before or beside the name tells."""
        words, actor = self.words, self.drafts.actors[id]
        start = self._start(i)
        titles = [start - 1] if start > 0 and self.drafts.titles.get(start - 1) == id else []
        titles += [c for c in words.kids[i] if words.dep[c] == "appos"]
        for title in titles:
            office = office_at(words, title)
            if office is None or (not office.is_person and title != start - 1) or (words.tag[title] in PLURAL and words.tag[i] not in PLURAL):
                continue
            self._amend(id, title, office)
            if title > i and title not in self.drafts.heads:
                self._looked_at.add(title)
                self._add([id], title, office, "title", "title:apposition", 0.85, told=True)
            return
        del actor

    def _amend(self, id: str, title: int, office: Office) -> None:
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
            actor.acts_for = acts_for
        elif office.official and actor.acts_for is None and owner is None and not (actor.entry and actor.entry.terms):
            actor.acts_for = home(self.drafts, self.salience, title, office, named=True)
            actor.country = actor.country or actor.acts_for
        if owner and not acts_for and not actor.member_of and self.drafts.actors[owner].kind in ("group", "organization", "igo", "media"):
            actor.member_of = owner
            if actor.entry is None and not former and self.drafts.actors[owner].kind == "igo":
                actor.acts_for = self.drafts.actors[owner].acts_for

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
        return None, None, None

    def _pronoun(self, i: int) -> None:
        found = antecedent(self.drafts, self.salience, i, self.speaker, self.voice)
        if found:
            ids, confidence = found
            self.drafts.mention(ids, i, i + 1, i, "pronoun", "coreference:pronoun", confidence)
            self._seen(i, factor=0.8)
            if self.words.lower[i] in HE:
                actor = self.drafts.actors[ids[0]]
                actor.gender = actor.gender or HE[self.words.lower[i]]

    def _part(self, i: int) -> bool:
        """`one of the officials`, `hundreds of protesters`: who they are a part of."""
        words = self.words
        if words.lower[i] not in references().quantities or words.dep[i] in ("nummod", "det", "amod", "compound"):
            return False
        for c in words.kids[i]:
            if words.dep[c] == "prep" and words.lower[c] == "of" and c <= i + 1:
                for noun in words.children(c, "pobj"):
                    self.look_at(noun)
                    ids = [x for x in self.drafts.heads.get(noun, ()) if self.drafts.actors[x].plural or self.drafts.actors[x].kind in ("population", "state")]
                    if ids and noun - i <= 8:
                        self.drafts.mention(ids, i, noun + 1, i, "title", "coreference:part", 0.7)
                        self._seen(i)
                        return True
        return False

    def _set(self, i: int) -> bool:
        found = set_at(self.drafts, self.salience, i)
        if found is None:
            return False
        ids, start, end, confidence = found
        span = self.drafts.document.span(start, end)
        if span.end - span.start > LONGEST:
            start, end = i, i + 1
        if len(ids) == 2 and all(self.drafts.actors[x].kind in ("state", "group") for x in ids):
            self.salience.pair = ids
        self.drafts.mention(ids, start, end, i, "set", "coreference:set", confidence)
        self._seen(i, factor=0.5)
        return True

    def _description(self, i: int) -> bool:
        found = described(self.drafts, self.salience, i)
        if found is None:
            return False
        id, start, confidence = found
        self.drafts.mention([id], start, i + 1, i, "title", "coreference:description", confidence)
        self._seen(i, factor=0.8)
        return True

    def _document(self, i: int) -> bool:
        """`the statement said`: its author, who spoke last; `the French statement`: whose it is."""
        words = self.words
        if words.lemma[i] not in references().documents or words.dep[i] != "nsubj" or words.lemma[words.head[i]] not in references().saying:
            return False
        owner = next((x for c in words.kids[i] if words.dep[c] in ("amod", "poss", "compound", "nmod") for x in self.drafts.heads.get(c, ())), None)
        definite = any(words.lower[c] in ("the", "its", "his", "her", "their") for c in words.kids[i])
        if owner and self.drafts.actors[owner].kind == "state":
            owner = self.bodies.get(self.drafts.actors[owner].acts_for or "", owner)
        author = owner or ((self.body or self.voice) if definite else None)
        if author is None:
            return False
        self.drafts.mention([author], words.left(i), i + 1, i, "title", "coreference:document", 0.65)
        return True

    def _epithet(self, i: int) -> bool:
        """`the Nobel laureate told them`, `the 67-year-old said`: the person who spoke last, by another name."""
        words, salience = self.words, self.salience
        told = words.lemma[i] in references().epithets or (words.lower[i] == "old" and i > 1 and words.lower[i - 2] in ("year", "years"))
        if not told or words.tag[i] in PLURAL or words.dep[i] not in ("nsubj", "nsubjpass") or self.speaker is None:
            return False
        start = words.left(i)
        if words.lower[start] != "the" or words.sentence[i] - salience.sentence.get((self.speaker,), -9) > EPITHET_REACH:
            return False
        self.drafts.mention([self.speaker], start, i + 1, i, "title", "coreference:epithet", 0.65)
        self._seen(i)
        return True

    def _office(self, i: int) -> None:
        words = self.words
        if i in self.drafts.titles:
            return
        office = office_at(words, i)
        if office is None or (words.dep[i] in ("compound", "amod", "nmod") and words.pos[words.head[i]] in ("NOUN", "PROPN")):
            return
        if named := self._person_beside(i, office):
            self._amend(named, i, office)
            self._add([named], i, office, "title", "title:apposition", 0.85, told=True)
            return
        if same := self._body_beside(i, office):
            self._add([same], i, office, "title", "title:apposition", 0.85, told=True)
            return
        if self._of_somebody(i, office):
            return
        acts_for, country, owner = allegiance(self.drafts, i, office, self.look_at)
        if owner and (same := known_group(self.drafts, self.salience, i, office, country)):
            self._add([same], i, office, "title", "coreference:group", 0.75, told=True)
            return
        if same := official_of(self.drafts, self.salience, i, office, acts_for):
            self._add([same], i, office, "title", "coreference:title", 0.7, told=True)
            return
        if not is_worth_naming(words, i, office, placed=bool(acts_for or country or owner)):
            return
        foreign = words.lower[i] == words.text[i] and has_other_name(self.drafts, i)
        if owner is None and not foreign and (same := mentioned_before(self.drafts, self.salience, i, office)):
            self._add([same], i, office, "title", "coreference:title", 0.7, told=True)
            return
        rule, confidence = ("office:" + office.family, 0.8) if acts_for or country or owner else ("office:unplaced", 0.5)
        former = is_former(words, i)
        if not (acts_for or country or owner):
            if group := one_of(self.drafts, self.salience, i, office):
                acts_for, country = self.drafts.actors[group].acts_for, self.drafts.actors[group].country
                rule, confidence = "coreference:one-of", 0.7
            elif not foreign and not former and self._is_of_the_state_in_mind(i, office):
                acts_for = country = home(self.drafts, self.salience, i, office)
                rule, confidence = ("office:home", 0.55) if acts_for else (rule, confidence)
        if office.kind == "person" and former:
            acts_for = None
        self._make(i, office, acts_for, country or self._country(acts_for), owner, rule, confidence)

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
            self.drafts.actors[id].gender = "she" if office.noun.endswith(WOMEN) else "he" if office.noun.endswith(MEN) else None
        self._add([id], i, office, "title", rule, confidence, told=told)

    def _add(self, ids: list[str], i: int, office: Office, how: MentionKind, rule: str, confidence: float, *, told: bool, until: int = 0) -> None:
        start, end = phrase_bounds(self.drafts, i, office, told=told)
        end = max(end, until)
        span = self.drafts.document.span(start, end)
        if span.end - span.start > LONGEST or any(self.drafts.document.paragraph(self.words.doc[k]) != self.drafts.document.paragraph(self.words.doc[i]) for k in (start, end - 1)):
            start, end = i, i + 1
        self.drafts.mention(ids, start, end, i, how, rule, confidence)
        self._seen(i)

    def _person_beside(self, i: int, office: Office) -> str | None:
        """The person whose title a noun is: `[Germany's chancellor], Angela Merkel`."""
        words = self.words
        if not office.is_person or words.tag[i] in PLURAL:
            return None
        beside = [c for c in words.kids[i] if words.dep[c] == "appos"]
        if words.dep[i] == "appos":
            beside.append(words.head[i])
        for c in beside:
            for id in self.drafts.heads.get(c, ()):
                if self.drafts.actors[id].kind == "person" and not self.drafts.actors[id].rule.startswith("office"):
                    return id
        return None

    def _body_beside(self, i: int, office: Office) -> str | None:
        """The body by name in whose phrase a common noun stands: `[the KCNA news agency]`, `[the state news agency], SANA`."""
        words = self.words
        if office.family not in ("opposition", "rebels", "business", "weak", "allies"):
            return None
        beside = [
            c
            for c in words.kids[i]
            if words.dep[c] == "appos" or (c == i - 1 and words.dep[c] in ("compound", "nmod")) or (words.dep[c] == "compound" and c < i and office.noun == "news agency")
        ]
        for c in beside:
            for id in self.drafts.heads.get(c, ()):
                actor = self.drafts.actors[id]
                kinds = ("media",) if office.noun in MEDIA_NOUNS else ("group", "igo", "organization", "media")
                if (
                    actor.kind in kinds
                    and (
                        actor.kind in ("media", "group")
                        or words.dep[c] == "appos"
                        or office.noun in ("group", "alliance", "organization", "organisation", "company", "firm", "airline", "bank")
                    )
                    and words.tag[i] not in PLURAL
                ):
                    return id
        return None

    def _of_somebody(self, i: int, office: Office) -> bool:
        """`his country` is the state of the man; `the leaders of France and Spain` are both states."""
        words, drafts = self.words, self.drafts
        if office.noun in ("country", "nation") and words.tag[i] not in PLURAL:
            for c in words.kids[i]:
                if words.dep[c] == "poss":
                    self.look_at(c)
                    for id in drafts.heads.get(c, ()):
                        if drafts.actors[id].country and (state := drafts.state(drafts.actors[id].country)):
                            self._add([state], i, office, "title", "coreference:own-country", 0.75, told=True)
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
                        self._add(list(ids), i, office, "set", "office:several", 0.8, told=False, until=words.conjuncts(noun)[-1] + 1)
                        return True
        return False


def possessive(name: str) -> str:
    """`Chile's`, `United States'`."""
    return name + ("'" if name.endswith("s") else "'s")
