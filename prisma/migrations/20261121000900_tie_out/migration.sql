-- AlterTable
ALTER TABLE "tie_outs" ADD COLUMN     "agreeing" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "expected" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "scope" TEXT NOT NULL DEFAULT 'whole';

-- CreateTable
CREATE TABLE "ledger_readings" (
    "pair_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "done" TEXT[],
    "cursor" JSONB,
    "finished_at" TIMESTAMPTZ(3),
    "entry_version" INTEGER NOT NULL DEFAULT 0,
    "requested_at" TIMESTAMPTZ(3),

    CONSTRAINT "ledger_readings_pkey" PRIMARY KEY ("pair_id")
);

-- CreateTable
CREATE TABLE "tie_out_entries" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "record_type" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "standing" BOOLEAN NOT NULL,
    "marker" TEXT NOT NULL,
    "strict_key" TEXT NOT NULL,
    "loose_key" TEXT NOT NULL,
    "settles_id" TEXT NOT NULL,
    "settles_number" TEXT NOT NULL,
    "uses_id" TEXT NOT NULL,
    "uses_number" TEXT NOT NULL,
    "contact_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "twin_key" TEXT NOT NULL,
    "made_of" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tie_out_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry_changes" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "record_type" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "month_before" TEXT NOT NULL DEFAULT '',
    "month_after" TEXT NOT NULL DEFAULT '',
    "fields" JSONB NOT NULL,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "entry_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tie_out_findings" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "tie_out_id" UUID NOT NULL,
    "weight" SMALLINT NOT NULL,
    "kind" TEXT NOT NULL,
    "record_type" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "ledger_external_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "document_date" TEXT,
    "currency" TEXT,
    "gross_minor" BIGINT,
    "sentence" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "changed_since" TIMESTAMPTZ(3),
    "accepted" JSONB,

    CONSTRAINT "tie_out_findings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tie_out_figures" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "tie_out_id" UUID NOT NULL,
    "dimension" TEXT NOT NULL,
    "record_type" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "source_count" INTEGER NOT NULL,
    "source_net" BIGINT NOT NULL,
    "source_tax" BIGINT NOT NULL,
    "ledger_count" INTEGER NOT NULL,
    "ledger_net" BIGINT NOT NULL,
    "ledger_tax" BIGINT NOT NULL,
    "gap_minor" BIGINT NOT NULL,

    CONSTRAINT "tie_out_figures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tie_out_acceptances" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "ledger_external_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "accepted_by_user_id" UUID NOT NULL,
    "accepted_by_name" TEXT NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tie_out_acceptances_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "month_closes" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_by_user_id" UUID NOT NULL,
    "closed_by_name" TEXT NOT NULL,
    "discrepancies" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "reopened_at" TIMESTAMPTZ(3),

    CONSTRAINT "month_closes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "tie_out_entries_pair_id_side_uses_id_idx" ON "tie_out_entries"("pair_id", "side", "uses_id");

-- CreateIndex
CREATE INDEX "tie_out_entries_pair_id_changed_at_idx" ON "tie_out_entries"("pair_id", "changed_at");

-- CreateIndex
CREATE UNIQUE INDEX "tie_out_entries_pair_id_side_record_type_external_id_key" ON "tie_out_entries"("pair_id", "side", "record_type", "external_id");

-- CreateIndex
CREATE INDEX "entry_changes_pair_id_side_record_type_external_id_idx" ON "entry_changes"("pair_id", "side", "record_type", "external_id");

-- CreateIndex
CREATE INDEX "entry_changes_pair_id_noticed_at_idx" ON "entry_changes"("pair_id", "noticed_at");

-- CreateIndex
CREATE INDEX "tie_out_findings_pair_id_weight_id_idx" ON "tie_out_findings"("pair_id", "weight", "id");

-- CreateIndex
CREATE INDEX "tie_out_findings_pair_id_kind_id_idx" ON "tie_out_findings"("pair_id", "kind", "id");

-- CreateIndex
CREATE INDEX "tie_out_figures_pair_id_dimension_record_type_key_id_idx" ON "tie_out_figures"("pair_id", "dimension", "record_type", "key", "id");

-- CreateIndex
CREATE INDEX "tie_out_figures_pair_id_dimension_gap_minor_id_idx" ON "tie_out_figures"("pair_id", "dimension", "gap_minor", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tie_out_acceptances_pair_id_fingerprint_key" ON "tie_out_acceptances"("pair_id", "fingerprint");

-- CreateIndex
CREATE INDEX "month_closes_pair_id_month_idx" ON "month_closes"("pair_id", "month");


-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();
