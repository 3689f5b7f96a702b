-- AlterTable
ALTER TABLE "requested_mails" ADD COLUMN     "alert_delivery_id" UUID;

-- CreateTable
CREATE TABLE "alert_channels" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" UUID,
    "place" TEXT NOT NULL,
    "key_id" TEXT,
    "nonce" BYTEA,
    "ciphertext" BYTEA,
    "severity" TEXT NOT NULL,
    "digest_hour" INTEGER,
    "time_zone" TEXT NOT NULL,
    "next_digest_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "told_count" INTEGER NOT NULL DEFAULT 0,
    "owes_all_clear" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_deliveries" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "message" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "alert_channels_workspace_id_idx" ON "alert_channels"("workspace_id");

-- CreateIndex
CREATE INDEX "alert_channels_next_digest_at_idx" ON "alert_channels"("next_digest_at");

-- CreateIndex
CREATE UNIQUE INDEX "alerts_workspace_id_kind_subject_key" ON "alerts"("workspace_id", "kind", "subject");

-- CreateIndex
CREATE INDEX "alert_deliveries_workspace_id_created_at_idx" ON "alert_deliveries"("workspace_id", "created_at");

-- CreateIndex
CREATE INDEX "alert_deliveries_channel_id_state_idx" ON "alert_deliveries"("channel_id", "state");

-- AddForeignKey
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "alert_channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- Across workspaces -----------------------------------------------------------------------------------------------
GRANT SELECT ON alert_channels TO tieout_definer;
CREATE POLICY system_functions ON alert_channels FOR SELECT TO tieout_definer USING (true);

SET LOCAL ROLE tieout_definer;

-- The workspaces in which somebody wants to be told, in pages by their ids.
CREATE FUNCTION system.alerted_workspaces(in_after uuid, in_limit integer)
  RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT DISTINCT c.workspace_id FROM public.alert_channels c
   WHERE c.workspace_id > in_after ORDER BY c.workspace_id LIMIT in_limit;
END;

-- The workspaces in which a digest is due.
CREATE FUNCTION system.digest_workspaces(in_now timestamptz, in_limit integer)
  RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT DISTINCT c.workspace_id FROM public.alert_channels c
   WHERE c.next_digest_at <= in_now ORDER BY c.workspace_id LIMIT in_limit;
END;

GRANT EXECUTE ON FUNCTION system.alerted_workspaces(uuid, integer) TO tieout_system;
GRANT EXECUTE ON FUNCTION system.digest_workspaces(timestamptz, integer) TO tieout_system;
RESET ROLE;

-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();
