-- One call budget a connection, shared by every process. A call occupies the minute window from its permit until a
-- window's length after its ANSWER: the vendor counted it somewhere in between, so by our count no window can ever
-- hold more calls than by theirs, however long the network took.

CREATE FUNCTION take_permit(p_connection uuid, p_cost integer, p_deadline_ms integer)
RETURNS TABLE (permit_id bigint, wait_ms integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  budget quota_budgets%ROWTYPE;
  instant timestamptz := clock_timestamp();
  minute_length interval;
  day_length interval;
  in_window integer;
  at_once integer;
  oldest timestamptz;
BEGIN
  SELECT * INTO budget FROM quota_budgets WHERE connection_id = p_connection FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'connection % has no budget', p_connection;
  END IF;
  instant := clock_timestamp();
  minute_length := interval '60 seconds' / budget.limit_speed;
  day_length := interval '24 hours' / budget.limit_speed;

  IF budget.blocked_until IS NOT NULL AND budget.blocked_until > instant THEN
    RETURN QUERY SELECT NULL::bigint, milliseconds_between(instant, budget.blocked_until);
    RETURN;
  END IF;

  IF budget.day_started_at + day_length <= instant THEN
    UPDATE quota_budgets SET day_started_at = instant, day_used = 0 WHERE connection_id = p_connection;
    budget.day_started_at := instant;
    budget.day_used := 0;
  END IF;
  IF budget.day_used + p_cost > budget.day_limit THEN
    RETURN QUERY SELECT NULL::bigint, milliseconds_between(instant, budget.day_started_at + day_length);
    RETURN;
  END IF;

  DELETE FROM quota_calls
   WHERE connection_id = p_connection
     AND COALESCE(completed_at, expires_at) + minute_length <= instant;
  SELECT COALESCE(sum(cost), 0), COALESCE(sum(cost) FILTER (WHERE completed_at IS NULL AND expires_at > instant), 0), min(completed_at)
    INTO in_window, at_once, oldest
    FROM quota_calls WHERE connection_id = p_connection;
  IF at_once + p_cost > budget.concurrency_limit THEN
    RETURN QUERY SELECT NULL::bigint, 5;
    RETURN;
  END IF;
  IF in_window + p_cost > budget.minute_limit THEN
    RETURN QUERY SELECT NULL::bigint,
      CASE WHEN oldest IS NULL THEN 5 ELSE milliseconds_between(instant, oldest + minute_length) END;
    RETURN;
  END IF;

  UPDATE quota_budgets SET day_used = day_used + p_cost WHERE connection_id = p_connection;
  RETURN QUERY
    INSERT INTO quota_calls (workspace_id, connection_id, cost, granted_at, expires_at)
    VALUES (budget.workspace_id, p_connection, p_cost, instant, instant + make_interval(secs => p_deadline_ms / 1000.0))
    RETURNING id, 0;
END $$;

-- Whole milliseconds until `until`, at least 1.
CREATE FUNCTION milliseconds_between(since timestamptz, until timestamptz)
RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT GREATEST(1, LEAST(2000000000, ceil(EXTRACT(EPOCH FROM until - since) * 1000)))::integer
$$;

-- p_day_remaining and p_blocked_ms are null where the answer did not say.
CREATE FUNCTION complete_permit(p_permit bigint, p_day_remaining integer, p_blocked_ms integer, p_limit_speed integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  connection uuid;
BEGIN
  UPDATE quota_calls SET completed_at = clock_timestamp() WHERE id = p_permit RETURNING connection_id INTO connection;
  IF connection IS NULL OR (p_day_remaining IS NULL AND p_blocked_ms IS NULL AND p_limit_speed IS NULL) THEN
    RETURN;
  END IF;
  UPDATE quota_budgets
     SET day_used = CASE WHEN p_day_remaining IS NULL THEN day_used ELSE GREATEST(day_used, day_limit - p_day_remaining) END,
         blocked_until = CASE WHEN p_blocked_ms IS NULL THEN blocked_until
                              ELSE GREATEST(COALESCE(blocked_until, clock_timestamp()), clock_timestamp() + make_interval(secs => p_blocked_ms / 1000.0)) END,
         limit_speed = COALESCE(p_limit_speed, limit_speed)
   WHERE connection_id = connection
     AND (p_blocked_ms IS NOT NULL OR limit_speed <> COALESCE(p_limit_speed, limit_speed) OR (p_day_remaining IS NOT NULL AND day_used < day_limit - p_day_remaining));
END $$;
