-- What lies in a closed period of the ledger is taken back by a document of its own on an open day.

-- AlterTable
ALTER TABLE "sync_runs" ADD COLUMN     "reversal_date" TEXT,
ADD COLUMN     "takes_locked" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "sync_passes" ADD COLUMN     "reversed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "reversals" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "ledger_external_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "by_record_type" TEXT NOT NULL,
    "by_number" TEXT NOT NULL,
    "by_external_id" TEXT,
    "settles" BOOLEAN NOT NULL,
    "allocation_external_id" TEXT,
    "date" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "reversals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reversals_pair_id_record_type_ledger_external_id_key" ON "reversals"("pair_id", "record_type", "ledger_external_id");

-- CreateIndex
CREATE INDEX "reversals_pair_id_by_record_type_by_external_id_idx" ON "reversals"("pair_id", "by_record_type", "by_external_id");

-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();
