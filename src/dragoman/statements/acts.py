"""What a speaker does by saying it: from verb, content and polarity together."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.records.statement import Act
from dragoman.statements.clauses import CONDITIONS, Clause, clauses_of
from dragoman.statements.draft import Draft
from dragoman.statements.lexicon import ActWords, act_words, lexicon
from dragoman.statements.verbs import is_negated

OPEN = frozenset({"assert", "threaten", "promise", "criticise"})  # acts of a verb that the content may change
NAMING = frozenset({"saying:verb-name", "saying:verb-as"})
SOFT = frozenset({"can", "could", "may", "might"})
DUTIES = frozenset({"must", "should", "ought", "shall"})
AHEAD = frozenset({"will", "would", "shall", "'ll", "’ll", "’d", "'d", "wo"})
REFUSING_MODALS = AHEAD | {"ca", "can", "could"}
OWN_WORDS = frozenset({"we", "i"})


def act_of(document: Document, draft: Draft, cast: Cast, codes: frozenset[str]) -> Act:
    """The act of a statement; `assert` where nothing else fits.

    Args:
        document: The report.
        draft: The statement.
        cast: Who is who.
        codes: Codes of the speakers, to tell their own side from others.

    Source: resources/en/saying-acts.yaml for the words; evals guide for the labels.
    """
    words = act_words()
    act = draft.act
    negated = draft.cue is not None and draft.cue.pos_ in ("VERB", "AUX") and is_negated(draft.cue)
    if negated and act in ("refuse", "deny", "threaten", "promise"):
        return "assert"  # `did not rule out a strike` is no refusal
    if draft.rule in NAMING:
        return _judged(document, draft, words)
    if act == "promise":
        clauses = list(clauses_of(document, draft, cast, codes))
        blows = words.hostile if draft.cue is not None and draft.cue.lemma_ in ("vow", "swear") else words.violent  # `promised to stop issuing permits` is no threat
        if any(c.own_or_open and c.verb.lemma_ in blows and not c.is_relief and not c.negated for c in clauses) or (not clauses and _lemmas(document, draft) & words.harms):
            return "threaten"
        return act
    if act == "threaten" and draft.cue is not None and draft.cue.lemma_ in words.warning:
        return _warned(document, draft, cast, codes, words)
    if act != "assert":
        return act
    if idiom := _by_idiom(document, draft, words):
        return idiom
    found: list[Act] = []
    carried = False  # `We | are going | to rebuild it`: what follows is still the first clause
    for number, clause in enumerate(clauses_of(document, draft, cast, codes)):
        told = _of_clause(clause, words)
        if told and (number == 0 or carried or told != "promise"):
            found.append(told)
        carried = number == 0 and clause.verb.lemma_ in ("go", "be") and not told
    return found[0] if found else _by_phrase(document, draft, words) or _of_none(document, draft, words) or _of_cue(draft, document, words)


def _warned(document: Document, draft: Draft, cast: Cast, codes: frozenset[str], words: ActWords) -> Act:
    """What a warning does: it demands or finds fault where its words say so, or where it only tells what is or is to be avoided; else it threatens.

    `warned that Quito must leave`; `warned that the dam was unsafe`, `the UN warned against haste`; `warned that foreign troops would be met with fire`.
    """
    clauses = [c for c in clauses_of(document, draft, cast, codes) if c.verb.tag_ != "VBG" or c.subject is not None]  # not `against playing with fire`
    for clause in clauses:
        told = _of_clause(clause, words)
        if told in ("demand", "accuse", "criticise") or (told == "refuse" and not clause.waits):
            return told
    if not clauses:
        spoken_to = draft.addressees or (draft.cue is not None and any(c.dep_ in ("dobj", "dative") for c in draft.cue.children))
        harmless = bool(codes) and codes <= words.harmless and not spoken_to
        return "criticise" if harmless and not _lemmas(document, draft) & words.harms else "threaten"
    return "threaten" if any(c.own or c.condition or c.modal is not None or c.is_future for c in clauses) else "criticise"


def _judged(document: Document, draft: Draft, words: ActWords) -> Act:
    """`called the offer a farce`: by the words of judgement in it."""
    if draft.act in ("support", "deny"):
        return draft.act
    lemmas = _lemmas(document, draft)
    if lemmas & words.untrue:
        return "deny" if lemmas & words.claims else "criticise"
    if draft.act == "criticise":
        refused = draft.cue is not None and (
            (draft.cue.lemma_ == "reject" and not lemmas & words.accounts)
            or (draft.cue.lemma_ in ("dismiss", "reject") and lemmas & {"demand", "request", "proposal", "offer", "call", "ultimatum"})
        )
        return "refuse" if refused else "criticise"
    if lemmas & words.bad:
        return "criticise"
    if lemmas & words.good:
        return "support"
    return draft.act


def _lemmas(document: Document, draft: Draft) -> set[str]:
    return {document.doc[i].lemma_.lower() for s, e in draft.content for i in range(s, e)}


def _of_clause(clause: Clause, words: ActWords) -> Act | None:
    """The act that one clause of the content tells; None where it tells none."""
    for rule in (_performed, _imperative, _refused, _threatened, _demanded, _denied, _offered, _promised, _accused, _supported):
        if act := rule(clause, words):
            return act
    return None


def _performed(clause: Clause, words: ActWords) -> Act | None:
    """`“We demand …”, “China opposes …”`: the verb names the act."""
    if clause.own and clause.subject is not None and (clause.is_present or clause.verb.tag_ == "VBD") and not clause.negated and clause.modal is None:
        for frame in lexicon().verbs.get(clause.verb.lemma_.lower(), ()):
            if frame.act != "assert" and (clause.is_present or (frame.kind == "attitude" and frame.takes == "topic" and clause.has_object)):
                return frame.act
    return None


def _imperative(clause: Clause, words: ActWords) -> Act | None:
    return "demand" if clause.is_imperative else None


def _refused(clause: Clause, words: ActWords) -> Act | None:
    lemma = clause.verb.lemma_.lower()
    idle = words.idle if not clause.has_object else words.idle - words.idle_alone  # `It will not change`; but `We shall not change our flag`
    if lemma == "hesitate" and clause.negated:
        return "threaten"
    if clause.own and clause.negated and clause.modal in AHEAD and lemma in words.violent and not clause.waits:
        return "promise"  # `would not retaliate`
    open_side = clause.waits and (not clause.other or clause.is_sideless)
    if clause.negated and clause.modal in REFUSING_MODALS and lemma not in idle and (clause.own or open_side or clause.subject_is_nobody):
        return "refuse"
    if clause.lasts_as_long and not clause.negated and not clause.other and clause.modal in AHEAD:
        return "refuse"  # `The troops will stay for as long as Quito keeps its fleet there`
    if clause.own and clause.negated and clause.is_present and (lemma in words.yielding or lemma not in words.idle | words.disowning | words.unwilled):
        return "refuse"  # `We do not take orders`
    if clause.negated and clause.is_future and clause.verb.head.lemma_ == "go" and lemma not in words.idle and (clause.own or clause.subject_is_nobody):
        return "refuse"
    if clause.says_there_will_be_none and clause.modal in AHEAD:
        return "refuse"
    if clause.own and clause.modal in ("will", "would") and lemma in words.refusing and not clause.negated:
        return "refuse"
    return None


def _threatened(clause: Clause, words: ActWords) -> Act | None:
    lemma = clause.verb.lemma_.lower()
    if clause.negated:
        return None
    ahead = clause.modal is not None or clause.is_future
    if ahead and clause.own and lemma in words.hostile and not clause.is_relief:
        return "threaten"
    if ahead and clause.own and clause.modal not in SOFT and clause.provoked_by & words.provoking:
        return "threaten"  # `would go to the court if the gates were closed`
    if ahead and not clause.other and clause.has_recourse and (clause.condition or clause.modal not in SOFT):
        return "threaten"  # `would take the dispute to the Security Council`, `could go to arbitration if the digging went on`
    if ahead and clause.is_passive and lemma in words.enforced and clause.subject is not None and any(c.lower_ in ("any", "every") for c in clause.subject.children):
        return "threaten"
    if ahead and not clause.own and lemma in words.suffering and clause.modal not in SOFT | DUTIES:
        return "threaten"
    if ahead and clause.condition and (lemma in words.hostile or clause.object_lemmas & words.harms) and not clause.is_relief:
        return "threaten"
    if not clause.other and clause.modal in ("will", "would") and clause.hangs("unless"):
        return "threaten"
    if ahead and clause.is_existential and clause.complement_lemmas & words.harms:
        return "threaten"
    return None


def _demanded(clause: Clause, words: ActWords) -> Act | None:
    if clause.modal in ("must", "should", "shall", "ought") and not (clause.subject is not None and clause.subject.lower_ in OWN_WORDS):
        return "demand"
    if clause.verb.lemma_ in ("need", "have") and clause.takes_infinitive and not clause.own and not clause.negated:
        return "demand"
    if clause.only_condition and clause.modal is not None and not clause.own:
        return "demand"
    return None


def _denied(clause: Clause, words: ActWords) -> Act | None:
    if clause.modal is not None or clause.is_future:
        return None
    if clause.is_existential and clause.negated and not clause.complement_lemmas & words.states_of_mind:
        return "deny"
    if clause.complement_lemmas & words.untrue and not clause.negated:
        return "deny"
    if clause.own and clause.negated and clause.is_present and clause.verb.lemma_ in words.disowning:
        return "deny"
    if clause.object_lemmas & words.states_of_mind:
        return None  # `had no doubt`
    if clause.negated and clause.is_past and clause.verb.lemma_ not in words.unplanned | (words.idle - {"have", "be"}) and (clause.own or clause.subject_is_nobody):
        return "deny"
    return None


def _offered(clause: Clause, words: ActWords) -> Act | None:
    if clause.negated:
        return None
    if clause.is_state and clause.complement_lemmas & words.ready and (clause.own or clause.subject is None):
        return "offer"
    if clause.own and clause.modal in ("will", "would", "could", "can") and clause.verb.lemma_ in ("consider", "host", "offer", "propose", "mediate"):
        return "offer"
    if clause.own and clause.verb.lemma_ in ("propose", "offer", "suggest") and clause.modal is None and not clause.is_past:
        return "offer"
    if clause.condition and (
        clause.modal in SOFT or (clause.modal in ("will", "would") and (clause.own or clause.only_condition or (clause.verb.lemma_ in words.helpful and not clause.other)))
    ):
        return "offer"
    if clause.own and clause.modal in ("will", "would") and clause.hangs("when") and clause.verb.lemma_ in words.helpful:
        return "offer"  # `would lift the ban when the group was disarmed`
    return "offer" if clause.own and clause.modal in ("could", "can") and clause.verb.lemma_ in words.helpful else None


def _promised(clause: Clause, words: ActWords) -> Act | None:
    if clause.negated:
        return None
    ahead = clause.modal in AHEAD or clause.is_future
    if clause.own and clause.modal in ("would", "should", "’d", "'d") and clause.verb.lemma_ in words.preferring:
        return "ask"
    if clause.own and ahead and clause.verb.lemma_ not in words.hostile and clause.verb.lemma_ not in words.procedural:
        return "promise"
    if clause.own and clause.complement_lemmas & words.committed:
        return "promise"
    if clause.modal in ("will", "would") and clause.verb.lemma_ in words.going_on and not clause.other:
        return "promise"
    return None


def _accused(clause: Clause, words: ActWords) -> Act | None:
    lemma = clause.verb.lemma_.lower()
    if clause.modal in SOFT or clause.negated or clause.own:
        return None
    if clause.by_other and lemma in words.harmful:
        return "accuse"
    if clause.other and ((lemma in words.harmful and not clause.is_passive) or clause.complement_lemmas & words.blaming or clause.object_lemmas & words.blaming):
        return "accuse"
    if clause.is_copula and (clause.complement_lemmas | clause.object_lemmas) & words.blaming:
        return "accuse"
    if clause.is_copula and clause.complement_lemmas & words.bad:
        return "criticise"
    return None


def _supported(clause: Clause, words: ActWords) -> Act | None:
    lemma = clause.verb.lemma_.lower()
    if clause.own and not clause.negated and clause.modal is None:
        if lemma in words.supporting:
            return "support"
        if lemma in words.accepting:
            return "accept"
    return None


def _by_idiom(document: Document, draft: Draft, words: ActWords) -> Act | None:
    """The idiom that comes first in the first sentence of the content."""
    first = document.doc[draft.content[0][0]].sent.end if draft.content else 0  # what comes later may be said of something else
    text = f" {' '.join(t.lemma_.lower() for s, e in draft.content for t in document.doc[s : min(e, first)] if t.pos_ != 'PUNCT')} ".replace(" n't ", " not ").replace(
        " n’t ", " not "
    )
    hits = [(found.start(), act) for act, pattern in words.idioms if (found := pattern.search(text))]
    return min(hits)[1] if hits else None


def _by_phrase(document: Document, draft: Draft, words: ActWords) -> Act | None:
    """By a set phrase anywhere in the content."""
    text = f" {' '.join(_spoken(document, draft))} "
    return next((act for act, phrases in words.phrases if any(p in text for p in phrases)), None)


def _spoken(document: Document, draft: Draft) -> Iterator[str]:
    for start, end in draft.content:
        for token in document.doc[start:end]:
            if token.pos_ != "PUNCT":
                word = token.lower_
                yield "not" if word in ("n't", "n’t") else word


def _of_none(document: Document, draft: Draft, words: ActWords) -> Act | None:
    """`No planes, no pilots`: a content without a verb that says there is none refuses what one gives or does together, and denies the rest."""
    tokens = [document.doc[i] for s, e in draft.content for i in range(s, e) if document.doc[i].pos_ != "PUNCT"]
    own_words = draft.rule.endswith(("clause", "quote", "continued", "colon", "dash"))
    if not own_words or not tokens or tokens[0].lower_ not in ("no", "not"):
        return None
    verbs = [t for t in tokens if t.pos_ in ("VERB", "AUX")]
    if verbs and all(t.dep_ not in ("advcl", "pcomp", "aux", "auxpass") for t in verbs):
        return None
    if any(t.lower_ in CONDITIONS or t.lower_ in ("before", "without") for t in tokens):
        return "refuse"  # `Lima: no envoy before an apology`
    none = {t.lemma_.lower() for t in tokens if any(c.lower_ in ("no", "not") for c in (t, *t.children))}
    return "refuse" if none & words.withheld else "deny"


def _of_cue(draft: Draft, document: Document, words: ActWords) -> Act:
    """What a cue adds where its content is plain: to admit a wrong is to accept it, to allege one is to accuse."""
    cue: Token | None = draft.cue
    if cue is None:
        return "assert"
    lemmas = _lemmas(document, draft)
    if cue.lemma_ in ("admit", "acknowledge", "concede", "confess") and lemmas & words.harmful:
        return "accept"
    if cue.lemma_ in ("allege", "charge", "complain"):
        return "accuse"
    return "assert"
