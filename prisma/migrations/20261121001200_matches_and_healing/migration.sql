-- AlterTable
ALTER TABLE "ledger_records" ADD COLUMN     "loose_key" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "posted_from" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "twin_key" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "match_questions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "ledger_external_id" TEXT NOT NULL,
    "source_words" TEXT NOT NULL,
    "ledger_words" TEXT NOT NULL,
    "differences" TEXT NOT NULL,
    "verdict" TEXT,
    "decided_by_user_id" UUID,
    "decided_by_name" TEXT NOT NULL DEFAULT '',
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "match_questions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "match_questions_pair_id_record_type_source_external_id_ledg_key" ON "match_questions"("pair_id", "record_type", "source_external_id", "ledger_external_id");

-- CreateIndex
CREATE INDEX "ledger_records_connection_id_record_type_loose_key_idx" ON "ledger_records"("connection_id", "record_type", "loose_key");

-- CreateIndex
CREATE INDEX "ledger_records_connection_id_record_type_twin_key_idx" ON "ledger_records"("connection_id", "record_type", "twin_key");

-- CreateIndex
CREATE INDEX "ledger_records_connection_id_posted_from_idx" ON "ledger_records"("connection_id", "posted_from");

-- CreateIndex
CREATE INDEX "record_snapshots_connection_id_record_type_number_idx" ON "record_snapshots"("connection_id", "record_type", "number");

-- The new keys are made where a record is read, so every ledger is read once more from its beginning.
DELETE FROM cursors WHERE connection_id IN (SELECT ledger_connection_id FROM pairs);

-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();
