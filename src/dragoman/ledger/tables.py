"""The ledger's tables, the same on SQLite and PostgreSQL.

Two times are kept apart. *Held* time is `day`: when something was said or done. *Known* time is `known_from`/`known_to`: from when until when the ledger went by it
(`known_to` is empty for what it goes by now). Nothing is overwritten: a later reading closes the rows of the earlier one.

Ids are given by the writer, not by the database: there is one writer at a time (see `opening.writing`), and rows that know their ids go in by the hundred.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text, text

from dragoman.ledger.moments import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite's row id is an INTEGER PRIMARY KEY, nothing else


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=False)


def _to(column: str, name: str, *, index: bool = False, key: bool = False, null: bool = False) -> Column[int]:
    return Column(name, Id, ForeignKey(column, ondelete="CASCADE"), primary_key=key, nullable=null, index=index, autoincrement=False)


def _known() -> tuple[Column[object], Column[object]]:
    return Column("known_from", Moment, nullable=False), Column("known_to", Moment)


facts = Table(
    "facts", metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    comment="What the ledger says of itself: its id, when it was made, the codebook it follows.",
)  # fmt: skip

reports = Table(
    "reports", metadata,
    _id(),
    Column("key", String(64), nullable=False, unique=True, comment="SHA-256 over fingerprint, url, publisher and day: what makes two reports one and the same."),
    Column("fingerprint", String(64), nullable=False, index=True, comment="SHA-256 over headline and text: equal for exact copies."),
    Column("ref", Text, comment="The caller's own name for it."),
    Column("url", Text, index=True),
    Column("publisher", Text),
    Column("published", Date, index=True),
    Column("story", Id, index=True, comment="The story it belongs to: the id of that story's first report."),
    Column("story_read", Id, index=True, comment="The same by the reader's rules alone."),
    Column("likeness", LargeBinary, comment="Hashes by which it is known again in other reports, see ledger/likeness.py."),
    Column("headline", Text, comment="Empty where the ledger keeps no text of this report."),
    Column("text", Text, comment="Empty where the ledger keeps no text of this report."),
    Column("told", Text, nullable=False, comment="Language, byline, dateline and furniture, as JSON."),
    Column("added", Moment, nullable=False, index=True),
    _to("reports.id", "revises", index=True, null=True),
    Index("ix_reports_publisher", "publisher", "published"),
    comment="One row a report, verbatim unless told to keep no text. A report revised by its publisher (same URL, new text) is kept beside the old one and points to it.",
)  # fmt: skip

readings = Table(
    "readings", metadata,
    _id(),
    _to("reports.id", "report", index=True),
    Column("reader", String(80), nullable=False, index=True, comment="Fingerprint of the reader."),
    *_known(),
    Column("record", LargeBinary, nullable=False, comment="The record without its report: JSON, zlib."),
    comment="What one reader made of one report. A newer reading closes the older.",
)  # fmt: skip

findings = Table(
    "findings", metadata,
    _id(),
    _to("readings.id", "reading", index=True),
    _to("reports.id", "report", index=True),
    Column("kind", String(10), nullable=False, comment="statement, event, condition, affair"),
    Column("ref", String(12), nullable=False, comment="Its id within the record: s1, e4, c2, a3."),
    Column("part", String(8), nullable=False),
    Column("start", Integer, nullable=False, comment="Of its evidence, in code points of its part."),
    Column("end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False, comment="The sentence around its evidence."),
    Column("sentence_end", Integer, nullable=False),
    Column("rule", String(120), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("pressing", Float, nullable=False, comment="(1 - confidence) x what hangs on it, see ledger/weighing.py: the order in which people review."),
    Column("day", Date, comment="When it held: an event's own day where it has one, else the report's."),
    Column("correction", Id, comment="The correction that made it; empty for what the reader found."),
    *_known(),
    Index("ix_findings_kind_day", "kind", "day"),
    # Only a query that says `pressing > 0` may walk it: no other is to be led astray by it.
    Index("ix_findings_pressing", "kind", "pressing", "id", sqlite_where=text("known_to IS NULL AND pressing > 0"), postgresql_where=text("known_to IS NULL AND pressing > 0")),
    Index("ix_findings_correction", "correction", sqlite_where=text("correction IS NOT NULL"), postgresql_where=text("correction IS NOT NULL")),
    comment="Everything that was found, by the reader or by a person who corrected it.",
)  # fmt: skip

statements = Table(
    "statements", metadata,
    _to("findings.id", "finding", key=True),
    Column("kind", String(10), nullable=False),
    Column("manner", String(10), nullable=False),
    Column("act", String(12), nullable=False, index=True),
    Column("speaker", String(120), comment="Actor id; empty where the report leaves the speaker open."),
    Column("cue", Text),
    Column("content", Text, comment="What was said; empty where the ledger keeps no text."),
    Column("within", String(12), comment="The outer statement on whose word it stands."),
)  # fmt: skip

events = Table(
    "events", metadata,
    _to("findings.id", "finding", key=True),
    Column("type", String(12), nullable=False, index=True),
    Column("mode", String(20)),
    Column("context", Text, nullable=False, comment="Contexts, joined by commas."),
    Column("cameo", String(4), nullable=False, index=True),
    Column("status", String(10), nullable=False),
    Column("polarity", String(10), nullable=False),
    Column("modality", String(10), nullable=False),
    Column("background", Boolean, nullable=False),
    Column("time", String(40), comment="ISO 8601 prefix: its length is its precision; empty where the report gives none."),
    Column("goldstein", Float),
    Column("event", Id, nullable=False, index=True, comment="Which event it tells: the number of the first finding that tells it, see ledger/happenings.py."),
    Column("claimed_by", String(120), comment="Actor on whose word alone it stands."),
    Column("statement", String(12)),
    Column("trigger", Text, comment="Empty where the ledger keeps no text."),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("country", String(2)),
    Column("geonameid", Integer),
)  # fmt: skip

conditions = Table(
    "conditions", metadata,
    _to("findings.id", "finding", key=True),
    Column("kind", String(10), nullable=False),
    Column("polarity", String(10), nullable=False),
    Column("holder", String(120)),
    Column("consequent", Text, comment="What depends; empty where the ledger keeps no text."),
    Column("antecedent", Text, comment="On what it depends."),
    Column("awaited", String(12), comment="Type of the event that would fulfil it, where the reader found one in the antecedent."),
    Column("withheld", String(12), comment="Type of the event that depends, where the reader found one in the consequent."),
    Column("sides", Text, nullable=False, comment="Codes: who sets it, >, who would have to act in order."),
    Column("withheld_gist", Text, nullable=False, comment="Stems of the consequent without names of the sides, to match other conditions with."),
    Column("awaited_gist", Text, nullable=False, comment="Stems of the antecedent likewise."),
    Column("statement", String(12)),
)  # fmt: skip

affairs = Table(
    "affairs", metadata,
    _to("findings.id", "finding", key=True),
    Column("kind", String(12), nullable=False),
    Column("status", String(12), nullable=False),
    Column("by_party", Text, comment="Where parties stand apart: JSON, actor id to status."),
    Column("subject", Text, nullable=False),
)  # fmt: skip

roles = Table(
    "roles", metadata,
    _id(),
    _to("findings.id", "finding", index=True),
    Column("kind", String(10), nullable=False),
    Column("role", String(9), nullable=False, comment="speaker, about, source, target, holder, owes, party, sender"),
    Column("actor", String(120), nullable=False),
    Column("code", String(120), nullable=False, comment="Side of a dyad: the state or body it acts for, else its own id."),
    Column("day", Date),
    Index("ix_roles_actor", "actor", "kind", "role", "day"),
    Index("ix_roles_code", "code", "kind", "role", "day"),
    comment="Who has which part in a finding.",
)  # fmt: skip

dyads = Table(
    "dyads", metadata,
    _id(),
    _to("findings.id", "finding", index=True),
    Column("kind", String(10), nullable=False),
    Column("source", String(120), nullable=False),
    Column("target", String(120), nullable=False),
    Column("day", Date),
    Column("type", String(12), nullable=False, comment="Event type, act of a statement, kind of a condition or an affair."),
    Index("ix_dyads_pair", "source", "target", "kind", "day"),
    comment="Every finding by the two sides that it stands between: who acts, speaks or waits, and toward whom. A matter between two stands in both directions.",
)  # fmt: skip

counted = Table(
    "counted", metadata,
    _to("findings.id", "event", key=True),
    Column("source", String(120), primary_key=True),
    Column("target", String(120), primary_key=True),
    Column("day", Date),
    Column("type", String(12), nullable=False),
    Column("weight", Float, comment="Goldstein weight, the mean of its tellings."),
    Index("ix_counted_pair", "source", "target", "day", "type", "weight"),
    comment="Events that came to pass and are told as news, each once for every two sides: what measures count. Derived, see ledger/counting.py.",
    sqlite_with_rowid=False,
)  # fmt: skip

told_of = Table(
    "told_of", metadata,
    Column("one", String(120), primary_key=True),
    Column("other", String(120), primary_key=True, comment="Empty: reports that tell of the one, alone or beside others."),
    _to("reports.id", "report", key=True, index=True),
    Column("published", Date),
    Column("first", Date, comment="The first day of which it tells; empty where none is known."),
    Column("last", Date),
    Index("ix_told_of_published", "one", "other", "published", "report", "first", "last"),
    comment="Which reports tell of a side, and of what stands between two, in both directions. Derived, see ledger/counting.py.",
    sqlite_with_rowid=False,
)  # fmt: skip

actors = Table(
    "actors", metadata,
    Column("id", String(120), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("acts_for", String(120)),
    Column("country", String(3)),
    Column("wikidata", String(20)),
    Column("cow", Integer),
    comment="Everybody met in a report, as last told.",
)  # fmt: skip

names = Table(
    "names", metadata,
    Column("folded", String(200), primary_key=True, comment="The name in lower case, without accents."),
    Column("actor", String(120), primary_key=True, index=True),
    Column("name", Text, nullable=False),
    Column("last", String(200), index=True, comment="Of a person, the last word of the name: the surname by which most are asked for."),
    comment="What reports call an actor.",
)  # fmt: skip

appearances = Table(
    "appearances", metadata,
    _id(),
    _to("readings.id", "reading", index=True),
    _to("reports.id", "report"),
    Column("actor", String(120), nullable=False),
    Column("name", Text, nullable=False),
    Column("office", Text),
    Column("sector", String(20)),
    Column("acts_for", String(120)),
    Column("day", Date),
    Index("ix_appearances_actor", "actor", "day"),
    comment="Who stands in which report, under which name and office.",
)  # fmt: skip

matters = Table(
    "matters", metadata,
    _id(),
    Column("key", String(64), nullable=False, unique=True, comment="SHA-256 over kind, sides and gist."),
    Column("kind", String(12), nullable=False),
    Column("sides", Text, nullable=False, index=True, comment="Codes of its parties, sorted, joined by blanks; of sanctions sender > target."),
    Column("gist", Text, nullable=False, comment="What tells it from other matters of these sides: names, places, content words."),
    Column("affair", Id, nullable=False, index=True, comment="The affair it is a part of: the id of that affair's first matter, by the reader's rules and people's corrections."),
    Column("affair_read", Id, nullable=False, index=True, comment="The same by the reader's rules alone."),
    comment="A subject between sides, as reports put it. Matters that are the same in other words make one affair through time.",
)  # fmt: skip

matter_sides = Table(
    "matter_sides", metadata,
    _to("matters.id", "matter", key=True),
    Column("code", String(120), primary_key=True, index=True),
)  # fmt: skip

matter_names = Table(
    "matter_names", metadata,
    _to("matters.id", "matter", key=True),
    Column("name", String(40), primary_key=True, index=True, comment="Key of resources/en/matter-names.yaml."),
    comment="Matters that go by a name of their own (JCPOA, New START), by which they are known between other sides too.",
)  # fmt: skip

affair_matters = Table(
    "affair_matters", metadata,
    _to("findings.id", "finding", key=True),
    _to("matters.id", "matter", key=True),
    Column("day", Date),
    Column("kind", String(12), nullable=False),
    Column("status", String(12), nullable=False),
    Column("apart", Text, nullable=False, comment="Who stands apart: JSON, code to status, sorted; empty where nobody does."),
    Index("ix_affair_matters_matter", "matter", "day"),
    Index("ix_affair_matters_day", "day"),
    Index("ix_affair_matters_status", "status", "day"),
    Index("ix_affair_matters_apart", "matter", sqlite_where=text("apart <> ''"), postgresql_where=text("apart <> ''")),
    comment="Which matters an affair as found is about; of sanctions one for every sender and target.",
)  # fmt: skip

bands = Table(
    "bands", metadata,
    Column("week", Integer, primary_key=True, autoincrement=False, comment="The report's day by sevens; 0 where it is not known. First, so that what is near in time lies together."),
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    _to("reports.id", "report", key=True, index=True),
    comment="Bands (LSH) of the reports' texts, names and events: reports that share one may tell the same happening.",
    sqlite_with_rowid=False,
)  # fmt: skip

corrections = Table(
    "corrections", metadata,
    _id(),
    Column("what", String(20), nullable=False, index=True, comment="confirm, reject, amend, merge_actors, split_actors, merge_affairs, split_affairs, merge_stories, split_stories, alias, office"),
    Column("who", Text, nullable=False),
    Column("why", Text),
    Column("made", Moment, nullable=False),
    Column("undone", Moment),
    Column("undone_by", Text),
    Column("report_key", String(64), index=True, comment="Anchor: the report …"),
    Column("kind", String(10), comment="… the kind of finding …"),
    Column("part", String(8)),
    Column("start", Integer, comment="… and its evidence."),
    Column("end", Integer),
    Column("detail", Text, nullable=False, comment="What it says, as JSON."),
    Column("found", Boolean, nullable=False, comment="False where no finding of the present reading answers to the anchor: an orphan."),
    comment="What people corrected; kept for ever, also when undone.",
)  # fmt: skip

struck = Table(
    "struck", metadata,
    _id(),
    _to("findings.id", "finding", index=True),
    _to("corrections.id", "correction", index=True),
    *_known(),
    comment="Findings that a correction rejects or replaces; `--as-read` does not look here.",
)  # fmt: skip

confirmed = Table(
    "confirmed", metadata,
    _id(),
    _to("findings.id", "finding", index=True),
    _to("corrections.id", "correction", index=True),
    *_known(),
    comment="Findings that a person confirms: they stay as the reader made them.",
)  # fmt: skip

forgotten = Table(
    "forgotten", metadata,
    Column("key", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text),
    comment="Reports that were deleted on demand: a hash, no text.",
)  # fmt: skip

tokens = Table(
    "tokens", metadata,
    _id(),
    Column("name", Text, nullable=False, comment="Who or what it was made for."),
    Column("hash", String(64), nullable=False, unique=True, comment="SHA-256 of the token; the token itself is kept nowhere."),
    Column("scopes", Text, nullable=False, comment="read, add, correct, watch; joined by commas."),
    Column("made", Moment, nullable=False),
    Column("ended", Moment, comment="From when on it is no longer taken."),
    comment="Who may do what at the desk.",
)  # fmt: skip

jobs = Table(
    "jobs", metadata,
    _id(),
    Column("who", Text, nullable=False),
    Column("made", Moment, nullable=False),
    Column("state", String(10), nullable=False, index=True, comment="waiting, running, done, failed"),
    Column("done", Integer, nullable=False, comment="Reports that are safe in the ledger."),
    Column("aside", Integer, nullable=False, comment="Reports that were set aside."),
    Column("total", Integer, nullable=False),
    Column("given", LargeBinary, comment="What is still to be read: JSON Lines, zlib; emptied when done."),
    comment="Reports that the desk accepted and has still to read: a stop loses none.",
)  # fmt: skip

job_fates = Table(
    "job_fates", metadata,
    _to("jobs.id", "job", key=True),
    Column("place", Integer, primary_key=True, autoincrement=False, comment="Which report of the job, counted from 0."),
    Column("told", Text, nullable=False, comment="What became of it, as JSON."),
    comment="What became of each accepted report.",
)  # fmt: skip

watches = Table(
    "watches", metadata,
    _id(),
    Column("who", Text, nullable=False),
    Column("about", Text, nullable=False, comment="What is watched, as JSON: two sides, an actor or an affair."),
    Column("kinds", String(40), nullable=False, comment="affair, condition, event, statement; joined by commas."),
    Column("hook", Text, comment="The address that is told; empty for a feed alone."),
    Column("secret", String(64), comment="Signs what is sent to it."),
    Column("made", Moment, nullable=False),
    Column("ended", Moment),
    Column("seen", Id, nullable=False, comment="Number of the finding up to which all that moved was sent."),
    Column("upto", Id, comment="Number of the finding up to which the delivery goes that is on its way; empty where none is."),
    Column("tries", Integer, nullable=False, comment="Tries of that delivery."),
    Column("due", Moment, comment="When it is tried next."),
    Column("answer", Text, comment="What came of the last try."),
    Column("sent", Moment, comment="When something was last taken."),
    Column("given_up", Moment, comment="From when on nothing is tried any more, as the address took nothing."),
    comment="What people want to be told of.",
)  # fmt: skip
