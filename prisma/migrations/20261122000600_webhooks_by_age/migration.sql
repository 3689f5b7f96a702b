-- A notice is a hint where to look and the look by the clock finds what it was about, so that a body and its notices go by
-- their age alone. Those of a connection that was disconnected, of a pair that is paused or never runs again would wait
-- for ever, and a vendor's body can hold a whole record of a person.

SET LOCAL ROLE tieout_definer;

-- Forgets bodies and notices from before an instant, whether anybody looked into them or not; returns how many bodies.
CREATE OR REPLACE FUNCTION system.forget_webhooks(in_before timestamptz) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  WITH notices AS (
    DELETE FROM public.change_notices n WHERE n.received_at < in_before
  ), messages AS (
    DELETE FROM public.inbox_messages m WHERE m.received_at < in_before RETURNING 1
  )
  SELECT count(*)::integer FROM messages;
END;

RESET ROLE;
