-- AlterTable
ALTER TABLE "exceptions" ADD COLUMN     "dismissed_at" TIMESTAMPTZ(3),
ADD COLUMN     "dismissed_by_name" TEXT,
ADD COLUMN     "dismissed_by_user_id" UUID,
ADD COLUMN     "dismissed_hash" TEXT,
ADD COLUMN     "dismissed_reason" TEXT,
ADD COLUMN     "exchange" JSONB,
ADD COLUMN     "group_key" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "replay_asked_at" TIMESTAMPTZ(3),
ADD COLUMN     "sequence" BIGSERIAL NOT NULL;

-- CreateTable
CREATE TABLE "record_overrides" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "source_key" TEXT NOT NULL DEFAULT '',
    "value" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "source_value" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "made_by_user_id" UUID NOT NULL,
    "made_by_name" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "record_overrides_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "record_overrides_pair_id_record_type_source_external_id_fie_key" ON "record_overrides"("pair_id", "record_type", "source_external_id", "field", "source_key");

-- CreateIndex
CREATE UNIQUE INDEX "exceptions_sequence_key" ON "exceptions"("sequence");

-- CreateIndex
CREATE INDEX "exceptions_pair_id_state_group_key_sequence_idx" ON "exceptions"("pair_id", "state", "group_key", "sequence");

-- Exceptions from before groups had a key of their own.
UPDATE "exceptions" SET "group_key" = md5("cause" || chr(31) || "subject");

-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();
