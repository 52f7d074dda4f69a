"""The first ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dragoman.errors import LedgerError
from dragoman.ledger.textindex import text_index

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first ledger."""
    op.create_table(
        "actors",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("acts_for", sa.String(length=120), nullable=True),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("wikidata", sa.String(length=20), nullable=True),
        sa.Column("cow", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actors")),
        comment="Everybody met in a report, as last told.",
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column(
            "what",
            sa.String(length=20),
            nullable=False,
            comment="confirm, reject, amend, merge_actors, split_actors, merge_affairs, split_affairs, merge_stories, split_stories, alias, office",
        ),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("undone", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("report_key", sa.String(length=64), nullable=True, comment="Anchor: the report …"),
        sa.Column("kind", sa.String(length=10), nullable=True, comment="… the kind of finding …"),
        sa.Column("part", sa.String(length=8), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True, comment="… and its evidence."),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False, comment="What it says, as JSON."),
        sa.Column("found", sa.Boolean(), nullable=False, comment="False where no finding of the present reading answers to the anchor: an orphan."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        comment="What people corrected; kept for ever, also when undone.",
    )
    op.create_index(op.f("ix_corrections_report_key"), "corrections", ["report_key"], unique=False)
    op.create_index(op.f("ix_corrections_what"), "corrections", ["what"], unique=False)
    op.create_table(
        "facts",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_facts")),
        comment="What the ledger says of itself: its id, when it was made, the codebook it follows.",
    )
    op.create_table(
        "forgotten",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_forgotten")),
        comment="Reports that were deleted on demand: a hash, no text.",
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False, comment="waiting, running, done, failed"),
        sa.Column("done", sa.Integer(), nullable=False, comment="Reports that are safe in the ledger."),
        sa.Column("aside", sa.Integer(), nullable=False, comment="Reports that were set aside."),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("given", sa.LargeBinary(), nullable=True, comment="What is still to be read: JSON Lines, zlib; emptied when done."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        comment="Reports that the desk accepted and has still to read: a stop loses none.",
    )
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"], unique=False)
    op.create_table(
        "matters",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False, comment="SHA-256 over kind, sides and gist."),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("sides", sa.Text(), nullable=False, comment="Codes of its parties, sorted, joined by blanks; of sanctions sender > target."),
        sa.Column("gist", sa.Text(), nullable=False, comment="What tells it from other matters of these sides: names, places, content words."),
        sa.Column(
            "affair",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The affair it is a part of: the id of that affair's first matter, by the reader's rules and people's corrections.",
        ),
        sa.Column("affair_read", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The same by the reader's rules alone."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matters")),
        sa.UniqueConstraint("key", name=op.f("uq_matters_key")),
        comment="A subject between sides, as reports put it. Matters that are the same in other words make one affair through time.",
    )
    op.create_index(op.f("ix_matters_affair"), "matters", ["affair"], unique=False)
    op.create_index(op.f("ix_matters_affair_read"), "matters", ["affair_read"], unique=False)
    op.create_index(op.f("ix_matters_sides"), "matters", ["sides"], unique=False)
    op.create_table(
        "names",
        sa.Column("folded", sa.String(length=200), nullable=False, comment="The name in lower case, without accents."),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("last", sa.String(length=200), nullable=True, comment="Of a person, the last word of the name: the surname by which most are asked for."),
        sa.PrimaryKeyConstraint("folded", "actor", name=op.f("pk_names")),
        comment="What reports call an actor.",
    )
    op.create_index(op.f("ix_names_actor"), "names", ["actor"], unique=False)
    op.create_index(op.f("ix_names_last"), "names", ["last"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False, comment="SHA-256 over fingerprint, url, publisher and day: what makes two reports one and the same."),
        sa.Column("fingerprint", sa.String(length=64), nullable=False, comment="SHA-256 over headline and text: equal for exact copies."),
        sa.Column("ref", sa.Text(), nullable=True, comment="The caller's own name for it."),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("story", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True, comment="The story it belongs to: the id of that story's first report."),
        sa.Column("story_read", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True, comment="The same by the reader's rules alone."),
        sa.Column("likeness", sa.LargeBinary(), nullable=True, comment="Hashes by which it is known again in other reports, see ledger/likeness.py."),
        sa.Column("headline", sa.Text(), nullable=True, comment="Empty where the ledger keeps no text of this report."),
        sa.Column("text", sa.Text(), nullable=True, comment="Empty where the ledger keeps no text of this report."),
        sa.Column("told", sa.Text(), nullable=False, comment="Language, byline, dateline and furniture, as JSON."),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.Column("revises", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=True),
        sa.ForeignKeyConstraint(["revises"], ["reports.id"], name=op.f("fk_reports_revises"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("key", name=op.f("uq_reports_key")),
        comment="One row a report, verbatim unless told to keep no text. A report revised by its publisher (same URL, new text) is kept beside the old one and points to it.",
    )
    op.create_index(op.f("ix_reports_added"), "reports", ["added"], unique=False)
    op.create_index(op.f("ix_reports_fingerprint"), "reports", ["fingerprint"], unique=False)
    op.create_index(op.f("ix_reports_published"), "reports", ["published"], unique=False)
    op.create_index("ix_reports_publisher", "reports", ["publisher", "published"], unique=False)
    op.create_index(op.f("ix_reports_revises"), "reports", ["revises"], unique=False)
    op.create_index(op.f("ix_reports_story"), "reports", ["story"], unique=False)
    op.create_index(op.f("ix_reports_story_read"), "reports", ["story_read"], unique=False)
    op.create_index(op.f("ix_reports_url"), "reports", ["url"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="Who or what it was made for."),
        sa.Column("hash", sa.String(length=64), nullable=False, comment="SHA-256 of the token; the token itself is kept nowhere."),
        sa.Column("scopes", sa.Text(), nullable=False, comment="read, add, correct, watch; joined by commas."),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.DateTime(), nullable=True, comment="From when on it is no longer taken."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_tokens_hash")),
        comment="Who may do what at the desk.",
    )
    op.create_table(
        "watches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False, comment="What is watched, as JSON: two sides, an actor or an affair."),
        sa.Column("kinds", sa.String(length=40), nullable=False, comment="affair, condition, event, statement; joined by commas."),
        sa.Column("hook", sa.Text(), nullable=True, comment="The address that is told; empty for a feed alone."),
        sa.Column("secret", sa.String(length=64), nullable=True, comment="Signs what is sent to it."),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.Column("seen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="Number of the finding up to which all that moved was sent."),
        sa.Column(
            "upto",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="Number of the finding up to which the delivery goes that is on its way; empty where none is.",
        ),
        sa.Column("tries", sa.Integer(), nullable=False, comment="Tries of that delivery."),
        sa.Column("due", sa.DateTime(), nullable=True, comment="When it is tried next."),
        sa.Column("answer", sa.Text(), nullable=True, comment="What came of the last try."),
        sa.Column("sent", sa.DateTime(), nullable=True, comment="When something was last taken."),
        sa.Column("given_up", sa.DateTime(), nullable=True, comment="From when on nothing is tried any more, as the address took nothing."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        comment="What people want to be told of.",
    )
    op.create_table(
        "bands",
        sa.Column(
            "week",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="The report's day by sevens; 0 where it is not known. First, so that what is near in time lies together.",
        ),
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_bands_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("week", "hash", "report", name=op.f("pk_bands")),
        comment="Bands (LSH) of the reports' texts, names and events: reports that share one may tell the same happening.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_bands_report"), "bands", ["report"], unique=False)
    op.create_table(
        "job_fates",
        sa.Column("job", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False, comment="Which report of the job, counted from 0."),
        sa.Column("told", sa.Text(), nullable=False, comment="What became of it, as JSON."),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_job_fates_job"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job", "place", name=op.f("pk_job_fates")),
        comment="What became of each accepted report.",
    )
    op.create_table(
        "matter_names",
        sa.Column("matter", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False, comment="Key of resources/en/matter-names.yaml."),
        sa.ForeignKeyConstraint(["matter"], ["matters.id"], name=op.f("fk_matter_names_matter"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter", "name", name=op.f("pk_matter_names")),
        comment="Matters that go by a name of their own (JCPOA, New START), by which they are known between other sides too.",
    )
    op.create_index(op.f("ix_matter_names_name"), "matter_names", ["name"], unique=False)
    op.create_table(
        "matter_sides",
        sa.Column("matter", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["matter"], ["matters.id"], name=op.f("fk_matter_sides_matter"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter", "code", name=op.f("pk_matter_sides")),
    )
    op.create_index(op.f("ix_matter_sides_code"), "matter_sides", ["code"], unique=False)
    op.create_table(
        "readings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False, comment="Fingerprint of the reader."),
        sa.Column("known_from", sa.DateTime(), nullable=False),
        sa.Column("known_to", sa.DateTime(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False, comment="The record without its report: JSON, zlib."),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_readings_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        comment="What one reader made of one report. A newer reading closes the older.",
    )
    op.create_index(op.f("ix_readings_reader"), "readings", ["reader"], unique=False)
    op.create_index(op.f("ix_readings_report"), "readings", ["report"], unique=False)
    op.create_table(
        "told_of",
        sa.Column("one", sa.String(length=120), nullable=False),
        sa.Column("other", sa.String(length=120), nullable=False, comment="Empty: reports that tell of the one, alone or beside others."),
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("first", sa.Date(), nullable=True, comment="The first day of which it tells; empty where none is known."),
        sa.Column("last", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_told_of_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one", "other", "report", name=op.f("pk_told_of")),
        comment="Which reports tell of a side, and of what stands between two, in both directions. Derived, see ledger/counting.py.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_told_of_published", "told_of", ["one", "other", "published", "report", "first", "last"], unique=False)
    op.create_index(op.f("ix_told_of_report"), "told_of", ["report"], unique=False)
    op.create_table(
        "appearances",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("reading", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("sector", sa.String(length=20), nullable=True),
        sa.Column("acts_for", sa.String(length=120), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_appearances_reading"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_appearances_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearances")),
        comment="Who stands in which report, under which name and office.",
    )
    op.create_index("ix_appearances_actor", "appearances", ["actor", "day"], unique=False)
    op.create_index(op.f("ix_appearances_reading"), "appearances", ["reading"], unique=False)
    op.create_table(
        "findings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("reading", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False, comment="statement, event, condition, affair"),
        sa.Column("ref", sa.String(length=12), nullable=False, comment="Its id within the record: s1, e4, c2, a3."),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False, comment="Of its evidence, in code points of its part."),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False, comment="The sentence around its evidence."),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("pressing", sa.Float(), nullable=False, comment="(1 - confidence) x what hangs on it, see ledger/weighing.py: the order in which people review."),
        sa.Column("day", sa.Date(), nullable=True, comment="When it held: an event's own day where it has one, else the report's."),
        sa.Column("correction", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True, comment="The correction that made it; empty for what the reader found."),
        sa.Column("known_from", sa.DateTime(), nullable=False),
        sa.Column("known_to", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_findings_reading"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_findings_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        comment="Everything that was found, by the reader or by a person who corrected it.",
    )
    op.create_index(
        "ix_findings_correction", "findings", ["correction"], unique=False, sqlite_where=sa.text("correction IS NOT NULL"), postgresql_where=sa.text("correction IS NOT NULL")
    )
    op.create_index("ix_findings_kind_day", "findings", ["kind", "day"], unique=False)
    op.create_index(
        "ix_findings_pressing",
        "findings",
        ["kind", "pressing", "id"],
        unique=False,
        sqlite_where=sa.text("known_to IS NULL AND pressing > 0"),
        postgresql_where=sa.text("known_to IS NULL AND pressing > 0"),
    )
    op.create_index(op.f("ix_findings_reading"), "findings", ["reading"], unique=False)
    op.create_index(op.f("ix_findings_report"), "findings", ["report"], unique=False)
    op.create_table(
        "affair_matters",
        sa.Column("finding", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("matter", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("apart", sa.Text(), nullable=False, comment="Who stands apart: JSON, code to status, sorted; empty where nobody does."),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_affair_matters_finding"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["matter"], ["matters.id"], name=op.f("fk_affair_matters_matter"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", "matter", name=op.f("pk_affair_matters")),
        comment="Which matters an affair as found is about; of sanctions one for every sender and target.",
    )
    op.create_index("ix_affair_matters_apart", "affair_matters", ["matter"], unique=False, sqlite_where=sa.text("apart <> ''"), postgresql_where=sa.text("apart <> ''"))
    op.create_index("ix_affair_matters_day", "affair_matters", ["day"], unique=False)
    op.create_index("ix_affair_matters_matter", "affair_matters", ["matter", "day"], unique=False)
    op.create_index("ix_affair_matters_status", "affair_matters", ["status", "day"], unique=False)
    op.create_table(
        "affairs",
        sa.Column("finding", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("by_party", sa.Text(), nullable=True, comment="Where parties stand apart: JSON, actor id to status."),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_affairs_finding"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", name=op.f("pk_affairs")),
    )
    op.create_table(
        "conditions",
        sa.Column("finding", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("polarity", sa.String(length=10), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=True),
        sa.Column("consequent", sa.Text(), nullable=True, comment="What depends; empty where the ledger keeps no text."),
        sa.Column("antecedent", sa.Text(), nullable=True, comment="On what it depends."),
        sa.Column("awaited", sa.String(length=12), nullable=True, comment="Type of the event that would fulfil it, where the reader found one in the antecedent."),
        sa.Column("withheld", sa.String(length=12), nullable=True, comment="Type of the event that depends, where the reader found one in the consequent."),
        sa.Column("sides", sa.Text(), nullable=False, comment="Codes: who sets it, >, who would have to act in order."),
        sa.Column("withheld_gist", sa.Text(), nullable=False, comment="Stems of the consequent without names of the sides, to match other conditions with."),
        sa.Column("awaited_gist", sa.Text(), nullable=False, comment="Stems of the antecedent likewise."),
        sa.Column("statement", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_conditions_finding"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", name=op.f("pk_conditions")),
    )
    op.create_table(
        "confirmed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("finding", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("correction", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("known_from", sa.DateTime(), nullable=False),
        sa.Column("known_to", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["correction"], ["corrections.id"], name=op.f("fk_confirmed_correction"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_confirmed_finding"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed")),
        comment="Findings that a person confirms: they stay as the reader made them.",
    )
    op.create_index(op.f("ix_confirmed_correction"), "confirmed", ["correction"], unique=False)
    op.create_index(op.f("ix_confirmed_finding"), "confirmed", ["finding"], unique=False)
    op.create_table(
        "counted",
        sa.Column("event", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("target", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("type", sa.String(length=12), nullable=False),
        sa.Column("weight", sa.Float(), nullable=True, comment="Goldstein weight, the mean of its tellings."),
        sa.ForeignKeyConstraint(["event"], ["findings.id"], name=op.f("fk_counted_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "source", "target", name=op.f("pk_counted")),
        comment="Events that came to pass and are told as news, each once for every two sides: what measures count. Derived, see ledger/counting.py.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_counted_pair", "counted", ["source", "target", "day", "type", "weight"], unique=False)
    op.create_table(
        "dyads",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("finding", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("target", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("type", sa.String(length=12), nullable=False, comment="Event type, act of a statement, kind of a condition or an affair."),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_dyads_finding"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dyads")),
        comment="Every finding by the two sides that it stands between: who acts, speaks or waits, and toward whom. A matter between two stands in both directions.",
    )
    op.create_index(op.f("ix_dyads_finding"), "dyads", ["finding"], unique=False)
    op.create_index("ix_dyads_pair", "dyads", ["source", "target", "kind", "day"], unique=False)
    op.create_table(
        "events",
        sa.Column("finding", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=12), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("context", sa.Text(), nullable=False, comment="Contexts, joined by commas."),
        sa.Column("cameo", sa.String(length=4), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("polarity", sa.String(length=10), nullable=False),
        sa.Column("modality", sa.String(length=10), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("time", sa.String(length=40), nullable=True, comment="ISO 8601 prefix: its length is its precision; empty where the report gives none."),
        sa.Column("goldstein", sa.Float(), nullable=True),
        sa.Column(
            "event",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Which event it tells: the number of the first finding that tells it, see ledger/happenings.py.",
        ),
        sa.Column("claimed_by", sa.String(length=120), nullable=True, comment="Actor on whose word alone it stands."),
        sa.Column("statement", sa.String(length=12), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=True, comment="Empty where the ledger keeps no text."),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_events_finding"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_cameo"), "events", ["cameo"], unique=False)
    op.create_index(op.f("ix_events_event"), "events", ["event"], unique=False)
    op.create_index(op.f("ix_events_type"), "events", ["type"], unique=False)
    op.create_table(
        "roles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("finding", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("role", sa.String(length=9), nullable=False, comment="speaker, about, source, target, holder, owes, party, sender"),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False, comment="Side of a dyad: the state or body it acts for, else its own id."),
        sa.Column("day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_roles_finding"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        comment="Who has which part in a finding.",
    )
    op.create_index("ix_roles_actor", "roles", ["actor", "kind", "role", "day"], unique=False)
    op.create_index("ix_roles_code", "roles", ["code", "kind", "role", "day"], unique=False)
    op.create_index(op.f("ix_roles_finding"), "roles", ["finding"], unique=False)
    op.create_table(
        "statements",
        sa.Column("finding", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("manner", sa.String(length=10), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("speaker", sa.String(length=120), nullable=True, comment="Actor id; empty where the report leaves the speaker open."),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True, comment="What was said; empty where the ledger keeps no text."),
        sa.Column("within", sa.String(length=12), nullable=True, comment="The outer statement on whose word it stands."),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_statements_finding"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_act"), "statements", ["act"], unique=False)
    op.create_table(
        "struck",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("finding", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("correction", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("known_from", sa.DateTime(), nullable=False),
        sa.Column("known_to", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["correction"], ["corrections.id"], name=op.f("fk_struck_correction"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_struck_finding"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_struck")),
        comment="Findings that a correction rejects or replaces; `--as-read` does not look here.",
    )
    op.create_index(op.f("ix_struck_correction"), "struck", ["correction"], unique=False)
    op.create_index(op.f("ix_struck_finding"), "struck", ["finding"], unique=False)
    text_index(op.get_bind().dialect.name).make(op.get_bind())


def downgrade() -> None:
    """A ledger is never taken back to an older version."""
    raise LedgerError("A ledger is never taken back to an older version. Go on with a copy that was made before.")
