-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "webhook_token" TEXT;

-- AlterTable
ALTER TABLE "inbox_messages" ADD COLUMN     "digest" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "pairs" ADD COLUMN     "failed_runs" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "next_run_at" TIMESTAMPTZ(3),
ADD COLUMN     "schedule" JSONB;

-- CreateTable
CREATE TABLE "change_notices" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "inbox_message_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3),
    "run_id" UUID,

    CONSTRAINT "change_notices_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "change_notices_pair_id_state_received_at_idx" ON "change_notices"("pair_id", "state", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "connections_webhook_token_key" ON "connections"("webhook_token");

-- CreateIndex
CREATE INDEX "inbox_messages_connector_id_endpoint_digest_idx" ON "inbox_messages"("connector_id", "endpoint", "digest");

-- CreateIndex
CREATE INDEX "inbox_messages_received_at_idx" ON "inbox_messages"("received_at");

-- CreateIndex
CREATE INDEX "pairs_next_run_at_idx" ON "pairs"("next_run_at");

-- CreateIndex
CREATE INDEX "write_intents_pair_id_resolved_at_idx" ON "write_intents"("pair_id", "resolved_at");

-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();

-- A body that waits is not stored a second time, also when it comes twice in the same moment.
CREATE UNIQUE INDEX inbox_messages_waiting_once ON inbox_messages (connector_id, endpoint, digest)
  WHERE processed_at IS NULL AND digest <> '';

-- Pairs that are live already begin to look by themselves.
UPDATE pairs SET next_run_at = now() + interval '15 minutes' WHERE state = 'live';

-- ---- Across workspaces -----------------------------------------------------------------------------------------------
GRANT SELECT, INSERT, DELETE ON inbox_messages TO tieout_definer;
GRANT SELECT, INSERT, DELETE ON change_notices TO tieout_definer;
GRANT INSERT ON outbox_events TO tieout_definer;
GRANT USAGE ON SEQUENCE outbox_events_sequence_seq TO tieout_definer;
GRANT SELECT ON sync_runs TO tieout_definer;
CREATE POLICY system_functions ON change_notices TO tieout_definer USING (true) WITH CHECK (true);
CREATE POLICY system_functions ON sync_runs FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions_add ON outbox_events FOR INSERT TO tieout_definer WITH CHECK (true);

SET LOCAL ROLE tieout_definer;

-- The connection that an address of its own belongs to.
CREATE FUNCTION system.connection_of_webhook(in_connector_id text, in_token text)
  RETURNS TABLE (workspace_id uuid, connection_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT c.workspace_id, c.id
    FROM public.connections c
   WHERE c.webhook_token = in_token AND c.connector_id = in_connector_id AND c.status <> 'disconnected';
END;

-- Stores a verified body, a notice for each pair that it is about, and the event that tells of them, all or nothing.
-- Returns the pairs; none where the body is known already or no pair has the connections.
-- in_notices: [{"connectionId", "recordType", "externalId"}]. in_once: two equal bodies are one event, however late.
CREATE FUNCTION system.receive_webhook(
    in_connector_id text, in_endpoint text, in_digest text, in_body bytea, in_received_at timestamptz,
    in_once boolean, in_notices jsonb)
  RETURNS TABLE (workspace_id uuid, pair_id uuid)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  WITH noticed AS (
    SELECT DISTINCT p.workspace_id, p.id AS pair_id, c.id AS connection_id,
           n."recordType" AS record_type, n."externalId" AS external_id
      FROM jsonb_to_recordset(in_notices) AS n("connectionId" uuid, "recordType" text, "externalId" text)
      JOIN public.connections c ON c.id = n."connectionId" AND c.status <> 'disconnected'
      JOIN public.pairs p ON c.id IN (p.source_connection_id, p.ledger_connection_id)
  ), message AS (
    INSERT INTO public.inbox_messages (id, connector_id, endpoint, digest, body, received_at, processed_at)
    SELECT gen_random_uuid(), in_connector_id, in_endpoint, in_digest, in_body, in_received_at,
           -- Nobody is to look into a body that is about no pair.
           CASE WHEN EXISTS (SELECT FROM noticed) THEN NULL ELSE in_received_at END
     WHERE NOT (in_once AND EXISTS (
             SELECT FROM public.inbox_messages m
              WHERE m.connector_id = in_connector_id AND m.endpoint = in_endpoint AND m.digest = in_digest))
        ON CONFLICT (connector_id, endpoint, digest) WHERE processed_at IS NULL AND digest <> '' DO NOTHING
    RETURNING id
  ), notices AS (
    INSERT INTO public.change_notices
           (id, workspace_id, pair_id, connection_id, inbox_message_id, record_type, external_id, received_at, state)
    SELECT gen_random_uuid(), n.workspace_id, n.pair_id, n.connection_id, m.id, n.record_type, n.external_id,
           in_received_at, 'waiting'
      FROM noticed n CROSS JOIN message m
    RETURNING workspace_id, pair_id
  ), told AS (
    INSERT INTO public.outbox_events (id, workspace_id, name, data)
    SELECT gen_random_uuid(), n.workspace_id, 'sync/notice.received',
           jsonb_build_object('workspaceId', n.workspace_id, 'pairId', n.pair_id)
      FROM (SELECT DISTINCT workspace_id, pair_id FROM notices) n
    RETURNING workspace_id, data
  )
  SELECT t.workspace_id, (t.data ->> 'pairId')::uuid FROM told t;
END;

-- Pairs that are to look now: their time has come, or a notice waits since before the given instant (the event that
-- told of it was lost, or a run was at work then). A run at work is left to end, a failed one to its own time.
CREATE FUNCTION system.due_pairs(in_now timestamptz, in_notices_before timestamptz, in_limit integer)
  RETURNS TABLE (workspace_id uuid, pair_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT p.workspace_id, p.id
    FROM public.pairs p
    JOIN public.connections s ON s.id = p.source_connection_id AND s.status = 'active'
    JOIN public.connections l ON l.id = p.ledger_connection_id AND l.status = 'active'
   WHERE p.state IN ('ready', 'live')
     AND (p.next_run_at <= in_now
          OR (p.failed_runs = 0
              AND CASE WHEN p.schedule IS NULL THEN p.state = 'live' ELSE p.schedule ->> 'mode' = 'realTime' END
              AND EXISTS (SELECT FROM public.change_notices n
                           WHERE n.pair_id = p.id AND n.state = 'waiting' AND n.received_at < in_notices_before)))
     AND NOT EXISTS (SELECT FROM public.sync_runs r
                      WHERE r.pair_id = p.id AND r.state IN ('pulling', 'planning', 'applying', 'tyingOut'))
   ORDER BY p.next_run_at NULLS LAST, p.id LIMIT in_limit;
END;

-- Forgets bodies and notices from before an instant that nobody is to look into any more; returns how many bodies.
CREATE FUNCTION system.forget_webhooks(in_before timestamptz) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  WITH notices AS (
    DELETE FROM public.change_notices n WHERE n.received_at < in_before AND n.state <> 'waiting'
  ), messages AS (
    DELETE FROM public.inbox_messages m WHERE m.received_at < in_before AND m.processed_at IS NOT NULL RETURNING 1
  )
  SELECT count(*)::integer FROM messages;
END;

GRANT EXECUTE ON FUNCTION system.connection_of_webhook(text, text),
  system.receive_webhook(text, text, text, bytea, timestamptz, boolean, jsonb),
  system.due_pairs(timestamptz, timestamptz, integer), system.forget_webhooks(timestamptz) TO tieout_system;
RESET ROLE;
