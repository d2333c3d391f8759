"""Make every table."""

import sqlalchemy as sa
from alembic import op

from catalog.columns import Json, UtcDateTime, Vector

revision: str = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    op.create_table(
        "auditentry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_kind", sa.String(20), nullable=False),
        sa.Column("actor_id", sa.String(64), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("object_type", sa.String(40), nullable=False),
        sa.Column("object_id", sa.String(64), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditentry")),
    )
    with op.batch_alter_table("auditentry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_auditentry_at"), ["at"], unique=False)

    op.create_table(
        "crawlrun",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "finished",
                "interrupted",
                "aborted",
                "failed",
                name="runstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("as_of", UtcDateTime(), nullable=False),
        sa.Column("sample_mode", sa.Boolean(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("report", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawlrun")),
    )
    op.create_table(
        "erasure",
        sa.Column("mentee_id", sa.String(64), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mentee_id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "idempotencyrecord",
        sa.Column("caller", sa.String(64), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", Json, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name=op.f("pk_idempotencyrecord")),
    )
    with op.batch_alter_table("idempotencyrecord", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotencyrecord_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "indexbuild",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("model", sa.String(128), nullable=False),
        sa.Column("dimension", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indexbuild")),
        sa.UniqueConstraint("model", name=op.f("uq_indexbuild_model")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "mentor",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "mentor",
                "coordinator",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_mentor_email_is_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor")),
        sa.UniqueConstraint("email", name=op.f("uq_mentor_email")),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("name", name=op.f("uq_programme_name")),
    )
    op.create_table(
        "revision",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_revision")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fellowship",
                "internship",
                "workshop",
                "journal_call",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("natural_key", sa.String(512), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("kind", "natural_key", name=op.f("uq_series_kind_natural_key")),
    )
    op.create_table(
        "signinthrottle",
        sa.Column("subject_hash", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("window_started_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject_hash", name=op.f("pk_signinthrottle")),
    )
    op.create_table(
        "source",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "listing",
                "detail",
                "feed",
                "json_api",
                "wordpress",
                "calendar",
                "structured_data",
                "sitemap",
                "page_watch",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("homepage", sa.String(), nullable=False),
        sa.Column("hosts", Json, nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("robots_exemption", sa.String(), nullable=False),
        sa.Column("min_items", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("disabled_reason", sa.String(), nullable=False),
        sa.Column("last_healthy_at", UtcDateTime(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_source")),
    )
    op.create_table(
        "suppression",
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_suppression")),
    )
    op.create_table(
        "tombstone",
        sa.Column("table_name", sa.String(64), nullable=False),
        sa.Column("row_id", sa.String(64), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name=op.f("pk_tombstone")),
    )
    with op.batch_alter_table("tombstone", schema=None) as batch_op:
        batch_op.create_index("ix_tombstone_rev", ["rev"], unique=False)

    op.create_table(
        "apikey",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("prefix", sa.String(24), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_apikey_mentor_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apikey")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_apikey_key_hash")),
    )
    with op.batch_alter_table("apikey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_apikey_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "fetchedpage",
        sa.Column("url_hash", sa.String(64), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("last_modified", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("archive", sa.String(), nullable=False),
        sa.Column("archive_offset", sa.Integer(), nullable=True),
        sa.Column("keys", Json, nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name=op.f("fk_fetchedpage_source")),
        sa.PrimaryKeyConstraint("url_hash", name=op.f("pk_fetchedpage")),
    )
    with op.batch_alter_table("fetchedpage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fetchedpage_source"), ["source"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "mentor",
                "coordinator",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("programme_id", sa.String(), nullable=True),
        sa.Column("reset", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("invited_by", sa.String(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["mentor.id"], name=op.f("fk_invitation_invited_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_invitation_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_email"), ["email"], unique=False)

    op.create_table(
        "mentee",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "high_school",
                "undergraduate",
                "pre_med",
                "medical_student",
                "other_health_student",
                "graduate_student",
                "resident",
                "fellow",
                "postdoc",
                "early_career",
                "mid_career",
                "senior",
                name="careerstage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "profession",
            sa.Enum(
                "physician",
                "nurse",
                "midwife",
                "dentist",
                "pharmacist",
                "physician_assistant",
                "public_health",
                "allied_health",
                "researcher",
                "health_professional",
                "other",
                name="profession",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("specialty", sa.String(200), nullable=False),
        sa.Column("citizenships", Json, nullable=False),
        sa.Column("residence", sa.String(2), nullable=True),
        sa.Column(
            "degree",
            sa.Enum(
                "none",
                "bachelor",
                "master",
                "medical",
                "doctorate",
                name="degree",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("memberships", Json, nullable=False),
        sa.Column("languages", Json, nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("needs_funding", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("length(name) >= 1", name=op.f("ck_mentee_name_is_said")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_mentee_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentee")),
    )
    with op.batch_alter_table("mentee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentee_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "messagetemplate",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor.id"], name=op.f("fk_messagetemplate_mentor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messagetemplate")),
        sa.UniqueConstraint("mentor_id", "name", name=op.f("uq_messagetemplate_mentor_id_name")),
    )
    op.create_table(
        "opportunity",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("series_id", sa.String(), nullable=True),
        sa.Column("edition", sa.String(32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fellowship",
                "internship",
                "workshop",
                "journal_call",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("url", sa.String(2048), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("places", Json, nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=True),
        sa.Column(
            "timing",
            sa.Enum(
                "fixed",
                "several",
                "rolling",
                "varies",
                "unknown",
                name="timing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("deadlines", Json, nullable=False),
        sa.Column("opens", Json, nullable=True),
        sa.Column("starts", Json, nullable=True),
        sa.Column("ends", Json, nullable=True),
        sa.Column("requirements", Json, nullable=False),
        sa.Column(
            "funding",
            sa.Enum(
                "full",
                "stipend",
                "travel",
                "none",
                "fee",
                "unknown",
                name="funding",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("money", Json, nullable=False),
        sa.Column("tags", Json, nullable=False),
        sa.Column("quotes", Json, nullable=False),
        sa.Column("flags", Json, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "open",
                "closed",
                "not_an_opportunity",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("predicted", sa.Boolean(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(title) >= 3", name=op.f("ck_opportunity_title_is_said")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_opportunity_series_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
    )
    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.create_index("ix_opportunity_kind_closes_at", ["kind", "closes_at"], unique=False)
        batch_op.create_index("ix_opportunity_rev", ["rev"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_series_id"), ["series_id"], unique=False)

    op.create_table(
        "programmementor",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("coordinator", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor.id"], name=op.f("fk_programmementor_mentor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programmementor_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("programme_id", "mentor_id", name=op.f("pk_programmementor")),
    )
    op.create_table(
        "refusedposting",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(512), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["crawlrun.id"], name=op.f("fk_refusedposting_run_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name=op.f("fk_refusedposting_source")),
        sa.PrimaryKeyConstraint("source", "key", name=op.f("pk_refusedposting")),
    )
    op.create_table(
        "requestedrun",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sources", Json, nullable=False),
        sa.Column("requested_by", sa.String(), nullable=True),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["mentor.id"], name=op.f("fk_requestedrun_requested_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["crawlrun.id"], name=op.f("fk_requestedrun_run_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requestedrun")),
    )
    op.create_table(
        "reviewitem",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(512), nullable=False),
        sa.Column("draft", Json, nullable=False),
        sa.Column("doubts", Json, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "accepted",
                "mended",
                "refused",
                name="reviewstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["mentor.id"], name=op.f("fk_reviewitem_decided_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name="fk_reviewitem_source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewitem")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_reviewitem_source_key")),
    )
    op.create_table(
        "signinsession",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("user_agent", sa.String(200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor.id"], name=op.f("fk_signinsession_mentor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signinsession")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signinsession_token_hash")),
    )
    with op.batch_alter_table("signinsession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signinsession_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "sourcerun",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "finished",
                "interrupted",
                "aborted",
                "failed",
                name="runstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum(
                "healthy", "suspect", "failed", name="runverdict", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("stats", Json, nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("refreshed", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["crawlrun.id"], name=op.f("fk_sourcerun_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name=op.f("fk_sourcerun_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sourcerun")),
        sa.UniqueConstraint("run_id", "source", name=op.f("uq_sourcerun_run_id_source")),
    )
    with op.batch_alter_table("sourcerun", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sourcerun_source"), ["source"], unique=False)

    op.create_table(
        "stagedposting",
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(512), nullable=False),
        sa.Column("draft", Json, nullable=False),
        sa.Column("staged_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["crawlrun.id"], name=op.f("fk_stagedposting_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name=op.f("fk_stagedposting_source")),
        sa.PrimaryKeyConstraint("run_id", "source", "key", name=op.f("pk_stagedposting")),
    )
    op.create_table(
        "watchedpage",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("url", sa.String(2048), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fellowship",
                "internship",
                "workshop",
                "journal_call",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["mentor.id"], name=op.f("fk_watchedpage_added_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchedpage")),
        sa.UniqueConstraint("url", name=op.f("uq_watchedpage_url")),
    )
    op.create_table(
        "webhook",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(2048), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("events", Json, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_webhook_mentor_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        sa.UniqueConstraint("mentor_id", "url", name=op.f("uq_webhook_mentor_id_url")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "deadline",
                "outcome",
                "withdrawn",
                "revived",
                "opens",
                "title",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("old", Json, nullable=True),
        sa.Column("new", Json, nullable=True),
        sa.Column("old_quote", sa.String(), nullable=False),
        sa.Column("new_quote", sa.String(), nullable=False),
        sa.Column("old_read_at", UtcDateTime(), nullable=True),
        sa.Column("new_read_at", UtcDateTime(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_change_opportunity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name=op.f("fk_change_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index("ix_change_rev", ["rev"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "saved",
                "snoozed",
                "dismissed",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "wrong_topic",
                "wrong_kind",
                "wrong_place",
                "too_junior",
                "too_senior",
                "too_late",
                "too_expensive",
                "not_trusted",
                "other",
                name="dismissreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_decision_mentee_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_decision_mentor_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_decision_opportunity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("mentee_id", "opportunity_id", name=op.f("uq_decision_mentee_id_opportunity_id")),
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "horizon",
            sa.Enum(
                "this_year", "next_year", "later", name="horizon", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("length(text) between 1 and 2000", name=op.f("ck_goal_text_has_a_length")),
        sa.CheckConstraint("weight > 0 and weight <= 10", name=op.f("ck_goal_weight_is_sane")),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_goal_mentee_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_mentee_id"), ["mentee_id"], unique=False)

    op.create_table(
        "menteementor",
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["mentee.id"], name=op.f("fk_menteementor_mentee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor.id"], name=op.f("fk_menteementor_mentor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mentee_id", "mentor_id", name=op.f("pk_menteementor")),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.String(), nullable=True),
        sa.Column("mentor_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_note_mentee_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_note_mentor_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_note_opportunity_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_mentee_id"), ["mentee_id"], unique=False)

    op.create_table(
        "passage",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("opportunity_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_passage_opportunity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("opportunity_id", "position", name=op.f("uq_passage_opportunity_id_position")),
    )
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passage_text_hash"), ["text_hash"], unique=False)

    op.create_table(
        "posting",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(512), nullable=False),
        sa.Column("opportunity_id", sa.String(), nullable=True),
        sa.Column("draft", Json, nullable=False),
        sa.Column("draft_hash", sa.String(64), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("missed_healthy_runs", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_posting_opportunity_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name=op.f("fk_posting_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_posting_source_key")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "ranking",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("mentee_version", sa.Integer(), nullable=False),
        sa.Column("index_rev", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("filters", Json, nullable=False),
        sa.Column("weights", Json, nullable=False),
        sa.Column("items", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_ranking_mentee_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking")),
    )
    with op.batch_alter_table("ranking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ranking_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ranking_mentee_id"), ["mentee_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_reminder_mentee_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_reminder_mentor_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_reminder_opportunity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_mentee_id"), ["mentee_id"], unique=False)

    op.create_table(
        "webhookdelivery",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("webhook_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(64), nullable=False),
        sa.Column("event", Json, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "queued",
                "claimed",
                "sent",
                "failed",
                "unknown",
                "cancelled",
                name="outboxstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("response_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_webhookdelivery_webhook_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhookdelivery")),
        sa.UniqueConstraint("webhook_id", "event_id", name=op.f("uq_webhookdelivery_webhook_id_event_id")),
    )
    with op.batch_alter_table("webhookdelivery", schema=None) as batch_op:
        batch_op.create_index("ix_webhookdelivery_state_not_before", ["state", "not_before"], unique=False)

    op.create_table(
        "forward",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=True),
        sa.Column("mentee_id", sa.String(), nullable=True),
        sa.Column("opportunity_id", sa.String(), nullable=False),
        sa.Column("goal_id", sa.String(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum("email", "copy", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "queued",
                "sent",
                "copied",
                "undone",
                "failed",
                "unknown",
                name="deliverystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("undo_until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_forward_goal_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_forward_mentee_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_forward_mentor_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["opportunity_id"], ["opportunity.id"], name=op.f("fk_forward_opportunity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forward")),
    )
    with op.batch_alter_table("forward", schema=None) as batch_op:
        batch_op.create_index("ix_forward_mentee_id_opportunity_id", ["mentee_id", "opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forward_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "goalvector",
        sa.Column("goal_id", sa.String(64), nullable=False),
        sa.Column("model", sa.String(128), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("vector", Vector(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goalvector_goal_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("goal_id", "model", "position", name=op.f("pk_goalvector")),
    )
    op.create_table(
        "joinkey",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("posting_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_joinkey_posting_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "posting_id", name=op.f("pk_joinkey")),
    )
    with op.batch_alter_table("joinkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_joinkey_posting_id"), ["posting_id"], unique=False)

    op.create_table(
        "passagevector",
        sa.Column("passage_id", sa.String(64), nullable=False),
        sa.Column("model", sa.String(128), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fellowship",
                "internship",
                "workshop",
                "journal_call",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dimension", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("vector", Vector(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_passagevector_passage_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("passage_id", "model", name=op.f("pk_passagevector")),
    )
    with op.batch_alter_table("passagevector", schema=None) as batch_op:
        batch_op.create_index("ix_passagevector_rev", ["rev"], unique=False)

    op.create_table(
        "outboxmessage",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("natural_key", sa.String(200), nullable=False),
        sa.Column("forward_id", sa.String(), nullable=True),
        sa.Column("mentor_id", sa.String(), nullable=True),
        sa.Column("recipient", sa.String(320), nullable=False),
        sa.Column("reply_to", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("attachments", Json, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "queued",
                "claimed",
                "sent",
                "failed",
                "unknown",
                "cancelled",
                name="outboxstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["forward_id"], ["forward.id"], name=op.f("fk_outboxmessage_forward_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor.id"], name=op.f("fk_outboxmessage_mentor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outboxmessage")),
        sa.UniqueConstraint("natural_key", name=op.f("uq_outboxmessage_natural_key")),
    )
    with op.batch_alter_table("outboxmessage", schema=None) as batch_op:
        batch_op.create_index("ix_outboxmessage_state_not_before", ["state", "not_before"], unique=False)

    op.create_table(
        "reply",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("forward_id", sa.String(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "interested",
                "not_for_me",
                "applied",
                "accepted",
                "rejected",
                "remind_me",
                name="replyanswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("by_mentor", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["forward_id"], ["forward.id"], name=op.f("fk_reply_forward_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_forward_id"), ["forward_id"], unique=False)

    op.create_table(
        "token",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "feed",
                "reply",
                "unsubscribe",
                name="tokenpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=True),
        sa.Column("mentee_id", sa.String(), nullable=True),
        sa.Column("forward_id", sa.String(), nullable=True),
        sa.Column("filters", Json, nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["forward_id"], ["forward.id"], name=op.f("fk_token_forward_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_token_mentee_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_token_mentor_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_token_token_hash")),
    )


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
