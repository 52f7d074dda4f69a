"""`We`, `our`, `I` inside a quotation: the one who says it, and the polity he speaks for."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import references

SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})


def add_first_persons(drafts: Drafts) -> None:
    """Mentions for the first person in quotations whose saying verb stands beside them; the rest is left open."""
    words, document = drafts.words, drafts.document
    speakers: dict[int, str | None] = {}
    for i, word in enumerate(words.lower):
        if (word not in PLURAL and word not in SINGULAR) or i in drafts.taken or words.text[i] == "US":
            continue
        quote = document.quote_at(document.doc[i])
        if quote is None:
            continue
        if quote.start not in speakers:
            speakers[quote.start] = _speaker(drafts, quote.start, quote.end)
        id = speakers[quote.start]
        if id is None:
            continue
        actor = drafts.actors[id]
        if word in SINGULAR:
            if actor.kind == "person":
                drafts.mention([id], i, i + 1, i, "pronoun", "coreference:first-person", 0.8)
            continue
        polity = drafts.state(actor.acts_for) if actor.acts_for else None
        drafts.mention([polity or id], i, i + 1, i, "pronoun", "coreference:first-person", 0.5)


def _speaker(drafts: Drafts, start: int, end: int) -> str | None:
    """Who says a quotation: the subject of the verb of saying just after it, just before it, or around it, in its paragraph; just before it first where it ends with a full stop."""
    words, document = drafts.words, drafts.document
    paragraph = document.paragraph(words.doc[start])
    saying = references().saying
    after = range(end, min(end + 14, len(words)))
    before = range(max(start - 3, 0), max(start - 16, -1), -1)
    first = words.sentence[start]
    last = words.sentence[end - 1]
    for places in (before, after) if any(words.text[k] == "." for k in (end - 2, end - 1)) else (after, before):
        for k in places:
            if document.paragraph(words.doc[k]) != paragraph:
                break
            if words.pos[k] in ("VERB", "AUX") and words.lemma[k] in saying and (first - 1 <= words.sentence[k] <= last + 1) and not start <= k < end:
                for c in words.kids[k]:
                    ids = drafts.heads.get(c, [])
                    if words.dep[c] == "nsubj" and not start <= c < end and len(ids) == 1:
                        return ids[0]
            if words.text[k] in '“”"' and places is after and k > end:
                break
    return None
