-- AlterTable
ALTER TABLE "pairs" ADD COLUMN     "approval_policy" JSONB,
ADD COLUMN     "parallel_since" TIMESTAMPTZ(3),
ADD COLUMN     "tax_filed_to" TEXT;

-- AlterTable
ALTER TABLE "planned_changes" ADD COLUMN     "approval_hash" TEXT,
ADD COLUMN     "base_minor" BIGINT,
ADD COLUMN     "booked" JSONB;

-- AlterTable
ALTER TABLE "sync_runs" ADD COLUMN     "cancelled_at" TIMESTAMPTZ(3),
ADD COLUMN     "cancelled_by_user_id" UUID,
ADD COLUMN     "plan_base_minor" BIGINT,
ADD COLUMN     "plan_hash" TEXT,
ADD COLUMN     "posted_by_user_id" UUID,
ADD COLUMN     "settings_version" INTEGER;

-- CreateTable
CREATE TABLE "approvals" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "record_type" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "version_hash" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "currency" TEXT,
    "gross_minor" BIGINT,
    "base_minor" BIGINT,
    "state" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_user_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "diary_entries" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "is_clean" BOOLEAN NOT NULL,
    "summary" JSONB NOT NULL,

    CONSTRAINT "diary_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "approvals_sequence_key" ON "approvals"("sequence");

-- CreateIndex
CREATE INDEX "approvals_pair_id_state_sequence_idx" ON "approvals"("pair_id", "state", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "approvals_pair_id_scope_record_type_source_external_id_vers_key" ON "approvals"("pair_id", "scope", "record_type", "source_external_id", "version_hash");

-- CreateIndex
CREATE UNIQUE INDEX "diary_entries_run_id_key" ON "diary_entries"("run_id");

-- CreateIndex
CREATE INDEX "diary_entries_pair_id_at_idx" ON "diary_entries"("pair_id", "at");

-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();

-- Which settlements a document has: the plan asks for each page of settlements, however many records there are. Columns of
-- their own, since row-level security keeps an index from being used for an expression on JSON.
ALTER TABLE record_snapshots
  ADD COLUMN settled_id text GENERATED ALWAYS AS (COALESCE(record ->> 'invoiceId', record ->> 'billId')) STORED,
  ADD COLUMN used_id text GENERATED ALWAYS AS (COALESCE(record ->> 'creditNoteId', record ->> 'supplierCreditId')) STORED;
ALTER TABLE ledger_records
  ADD COLUMN settled_id text GENERATED ALWAYS AS (COALESCE(record ->> 'invoiceId', record ->> 'billId')) STORED,
  ADD COLUMN used_id text GENERATED ALWAYS AS (COALESCE(record ->> 'creditNoteId', record ->> 'supplierCreditId')) STORED;
CREATE INDEX record_snapshots_settled ON record_snapshots (connection_id, settled_id) WHERE settled_id IS NOT NULL;
CREATE INDEX record_snapshots_used ON record_snapshots (connection_id, used_id) WHERE used_id IS NOT NULL;
CREATE INDEX ledger_records_settled ON ledger_records (connection_id, settled_id) WHERE settled_id IS NOT NULL;
CREATE INDEX ledger_records_used ON ledger_records (connection_id, used_id) WHERE used_id IS NOT NULL;
