-- AlterTable
ALTER TABLE "exceptions" ADD COLUMN     "sides" JSONB;

-- AlterTable
ALTER TABLE "flows" ADD COLUMN     "conflict_rule" TEXT NOT NULL DEFAULT 'ask',
ADD COLUMN     "void_rule" TEXT NOT NULL DEFAULT 'ask';

-- AlterTable
ALTER TABLE "ledger_records" ADD COLUMN     "content_hash" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "record_links" ADD COLUMN     "agreed" JSONB,
ADD COLUMN     "ledger_hash" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "record_snapshots" ADD COLUMN     "gone_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "sync_runs" ADD COLUMN     "direction" TEXT NOT NULL DEFAULT 'toLedger';
