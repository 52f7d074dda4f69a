"""The model card, written anew with every training."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.report import Figures

CARD = Path(__file__).parent / "MODEL_CARD.md"
TEXT = """# The event-type model

Written by `make train`; do not edit by hand.

**What it does.** Given one sentence, and in it the words of a source and of a target, it says which of {n_types} types of act the source does to the target, which CAMEO
code within the type, and how likely that is. It is used by `dragoman code-pairs`, and for pairs of actors between which the lexicon of frames finds no act.

**What it is.** A linear support-vector classifier for the type and one a type for the code, over {n_features} sparse features of words and grammar with source and target
masked and names replaced by their kind, and over classes of words of like meaning (k-means over the parser's word vectors, 300 and 1200 classes; training/classes.py). Among the features are the acts that the lexicon of frames gives to the words on the way between the two. Scores are made
probabilities by one temperature ({temperature}). Weights are {size:.1f} MB; a pair takes about half a millisecond after the parse. numpy at run time.

**Remaking it.** `make train` (examples, features, weights, this card); the classes of words only when the parser's vectors change. The solver's seed, the order of the
examples and the split are fixed.

**Data.** {examples} sentences written for this project (training/examples; fingerprint `{fingerprint}`), each by one writer, none taken from news or from a published data
set, none checked by a second person. `more.tsv`, `contrasts.tsv` and `leads.tsv` were written after looking at which kinds of wording a first model missed on a development key of
published news sentences; no sentence of that key is among them, but figures on it flatter for that reason. Parsed with {pipeline}. Types follow the published CAMEO to PLOVER table of 2021, with CONCEDE and RETREAT as one type, YIELD, and
blockade and occupation (191, 192) as ASSAULT. What is only planned is coded as CAMEO codes it: as an intent to cooperate (03x, AGREE) or a threat (13x, THREATEN); `NONE` stands for two actors that are only named together.

{by_file}

**Figures** on the held-out tenth of the examples (fixed by hash of the sentence). They flatter: the held-out sentences were written by the same hands as the others, and
news sentences differ from both.

```
{figures}
```

Is there an act at all? From a probability of {event_threshold} a pair is taken for one. In five-fold cross-validation {nothing:.0%} of the pairs without an act pass it and
{acts:.0%} of those with one. In running text pairs without an act are far commoner than in the examples, so expect more false finds than that.

The model that ships is fitted once more on all examples, held-out ones included.

**Limits.** English. One sentence at a time: what only the sentence before tells is not seen. Who acts is masked by intention, so it cannot know that a court convicts and a
ministry does not. Irony, headlines without verbs and translated English are harder than the figures say. A feature of the lexicon changes when the lexicon does: train
anew after larger changes there.

**Licence.** Examples and weights: Apache-2.0, as the project.
"""


def write_card(header: Mapping[str, Any], measured: Figures, by_type: Mapping[str, int], by_file: Mapping[str, int], size: int) -> None:
    """Write MODEL_CARD.md beside this file."""
    table = ["| type | examples |", "| --- | --- |", *(f"| {name} | {n} |" for name, n in sorted(by_type.items()))]
    files = ["| file | examples |", "| --- | --- |", *(f"| {name} | {n} |" for name, n in sorted(by_file.items()))]
    CARD.write_text(
        TEXT.format(
            n_types=len(header["labels"]) - ("NONE" in header["labels"]),
            n_features=header["n_features"],
            temperature=header["temperature"],
            event_threshold=header["event_threshold"],
            nothing=header["held_out"]["nothing_passing"],
            acts=header["held_out"]["acts_passing"],
            size=size / 1e6,
            examples=header["examples"],
            fingerprint=header["fingerprint"],
            pipeline=header["pipeline"],
            by_file="\n".join(files) + "\n\n" + "\n".join(table),
            figures=measured.text(),
        ),
        encoding="utf-8",
    )
