-- One call budget a connection, shared by every process. A call occupies the minute window from its permit until a
-- window's length after its ANSWER: the vendor counted it somewhere in between, so by our count no window can ever
-- hold more calls than by theirs, however long the network took.

GRANT SELECT, UPDATE ON quota_budgets TO tieout_definer;
GRANT SELECT, INSERT, UPDATE, DELETE ON quota_calls TO tieout_definer;
GRANT USAGE ON SEQUENCE quota_calls_id_seq TO tieout_definer;
CREATE POLICY system_functions ON quota_budgets TO tieout_definer USING (true) WITH CHECK (true);
CREATE POLICY system_functions ON quota_calls TO tieout_definer USING (true) WITH CHECK (true);

SET LOCAL ROLE tieout_definer;

-- Whole milliseconds until `until`, at least 1.
CREATE FUNCTION system.milliseconds_between(since timestamptz, until timestamptz)
  RETURNS integer LANGUAGE sql IMMUTABLE
  RETURN GREATEST(1, LEAST(2000000000, ceil(EXTRACT(EPOCH FROM until - since) * 1000)))::integer;

-- A permit's id, or null and the time after which to ask again.
CREATE FUNCTION system.take_permit(in_connection_id uuid, in_cost integer, in_deadline_ms integer)
  RETURNS TABLE (permit_id bigint, wait_ms integer)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  budget public.quota_budgets%ROWTYPE;
  instant timestamptz := clock_timestamp();
  minute_length interval;
  day_length interval;
  in_window integer;
  at_once integer;
  oldest timestamptz;
BEGIN
  SELECT * INTO budget FROM public.quota_budgets WHERE connection_id = in_connection_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'connection % has no budget', in_connection_id;
  END IF;
  IF in_cost > LEAST(budget.concurrency_limit, budget.minute_limit, budget.day_limit) THEN
    RAISE EXCEPTION 'a call that costs % is more than the budget ever allows', in_cost;
  END IF;
  instant := clock_timestamp();
  minute_length := interval '60 seconds' / budget.limit_speed;
  day_length := interval '24 hours' / budget.limit_speed;

  IF budget.blocked_until IS NOT NULL AND budget.blocked_until > instant THEN
    RETURN QUERY SELECT NULL::bigint, system.milliseconds_between(instant, budget.blocked_until);
    RETURN;
  END IF;

  IF budget.day_started_at + day_length <= instant THEN
    UPDATE public.quota_budgets SET day_started_at = instant, day_used = 0 WHERE connection_id = in_connection_id;
    budget.day_started_at := instant;
    budget.day_used := 0;
  END IF;
  IF budget.day_used + in_cost > budget.day_limit THEN
    RETURN QUERY SELECT NULL::bigint, system.milliseconds_between(instant, budget.day_started_at + day_length);
    RETURN;
  END IF;

  DELETE FROM public.quota_calls
   WHERE connection_id = in_connection_id
     AND COALESCE(completed_at, expires_at) + minute_length <= instant;
  -- A call without an answer ended at its deadline; while it is in the air nobody knows when its minute begins.
  SELECT COALESCE(sum(cost), 0),
         COALESCE(sum(cost) FILTER (WHERE completed_at IS NULL AND expires_at > instant), 0),
         min(COALESCE(completed_at, expires_at)) FILTER (WHERE completed_at IS NOT NULL OR expires_at <= instant)
    INTO in_window, at_once, oldest
    FROM public.quota_calls WHERE connection_id = in_connection_id;
  IF at_once + in_cost > budget.concurrency_limit THEN
    RETURN QUERY SELECT NULL::bigint, 5;
    RETURN;
  END IF;
  IF in_window + in_cost > budget.minute_limit THEN
    RETURN QUERY SELECT NULL::bigint,
      CASE WHEN oldest IS NULL THEN 5 ELSE system.milliseconds_between(instant, oldest + minute_length) END;
    RETURN;
  END IF;

  UPDATE public.quota_budgets SET day_used = day_used + in_cost WHERE connection_id = in_connection_id;
  RETURN QUERY
    INSERT INTO public.quota_calls (workspace_id, connection_id, cost, granted_at, expires_at)
    VALUES (budget.workspace_id, in_connection_id, in_cost, instant, instant + make_interval(secs => in_deadline_ms / 1000.0))
    RETURNING id, 0;
END $$;

-- in_day_remaining and in_blocked_ms are null where the answer did not say.
CREATE FUNCTION system.complete_permit(in_permit_id bigint, in_day_remaining integer, in_blocked_ms integer, in_limit_speed integer)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  connection uuid;
BEGIN
  UPDATE public.quota_calls SET completed_at = clock_timestamp() WHERE id = in_permit_id RETURNING connection_id INTO connection;
  IF connection IS NULL OR (in_day_remaining IS NULL AND in_blocked_ms IS NULL AND in_limit_speed IS NULL) THEN
    RETURN;
  END IF;
  UPDATE public.quota_budgets
     SET day_used = CASE WHEN in_day_remaining IS NULL THEN day_used ELSE GREATEST(day_used, day_limit - in_day_remaining) END,
         blocked_until = CASE WHEN in_blocked_ms IS NULL THEN blocked_until
                              ELSE GREATEST(COALESCE(blocked_until, clock_timestamp()), clock_timestamp() + make_interval(secs => in_blocked_ms / 1000.0)) END,
         limit_speed = COALESCE(in_limit_speed, limit_speed)
   WHERE connection_id = connection
     AND (in_blocked_ms IS NOT NULL OR limit_speed <> COALESCE(in_limit_speed, limit_speed) OR (in_day_remaining IS NOT NULL AND day_used < day_limit - in_day_remaining));
END $$;

GRANT EXECUTE ON FUNCTION system.take_permit(uuid, integer, integer), system.complete_permit(bigint, integer, integer, integer) TO tieout_system;
RESET ROLE;
