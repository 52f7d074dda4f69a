from __future__ import annotations

from dragoman import Report
from dragoman.engines.reading import default_reader
from dragoman.language.document import compose, tokenise
from dragoman.language.wire import lay_out

LEAD = """Mali closes border crossing with Mauritania after soldiers cross frontier

NOUAKCHOTT, April 19 (Reuters) - Mauritania summoned Mali's ambassador on Friday to protest against what it called repeated incursions by Malian soldiers and Russian mercenaries into its territory, and warned that it would not tolerate another.

Foreign Minister Sidi Ould Brahim told reporters in Nouakchott that at least three herders were killed on Monday."""


def test_a_subject_is_not_cut_off_from_its_verb() -> None:
    nlp = default_reader().nlp
    doc = nlp(tokenise(compose(lay_out(Report(text=LEAD, language="en"))), nlp))
    summoned = next(t for t in doc if t.text == "summoned")
    assert not summoned.is_sent_start
    assert [c.text for c in summoned.children if c.dep_ == "nsubj"] == ["Mauritania"]


def test_the_minister_of_the_state_of_writing_is_its_own() -> None:
    record = default_reader().read(Report(text=LEAD))
    assert next(a.acts_for for a in record.actors if a.name == "Sidi Ould Brahim") == "MRT"
