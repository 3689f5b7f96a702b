-- A burst of notices about a pair is told of by one event as long as that one waits to be sent: whoever follows it finds
-- all of them. A notice that comes while the event is on its way is found too, since the run begins later than that; where
-- it were not, the clock's look finds it within a minute, as it finds one whose event was lost.

SET LOCAL ROLE tieout_definer;

CREATE OR REPLACE FUNCTION system.receive_webhook(
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
  ), pairs AS (
    SELECT DISTINCT n.workspace_id, n.pair_id FROM notices n
  ), told AS (
    INSERT INTO public.outbox_events (id, workspace_id, name, data)
    SELECT gen_random_uuid(), p.workspace_id, 'sync/notice.received',
           jsonb_build_object('workspaceId', p.workspace_id, 'pairId', p.pair_id)
      FROM pairs p
     WHERE NOT EXISTS (SELECT FROM public.outbox_events o
                        WHERE o.sent_at IS NULL AND o.name = 'sync/notice.received'
                          AND o.data ->> 'pairId' = p.pair_id::text)
  )
  SELECT p.workspace_id, p.pair_id FROM pairs p;
END;

RESET ROLE;
