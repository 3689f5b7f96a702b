-- As before, and while live changes are about back-fill leaves one call in sixty of the minute free: a live change then finds
-- its place at once, where it had to wait for the next call to grow a minute old.
SET LOCAL ROLE tieout_definer;

-- A permit's id, or null and the time after which to ask again.
CREATE OR REPLACE FUNCTION system.take_permit(in_connection_id uuid, in_cost integer, in_deadline_ms integer, in_lane integer)
  RETURNS TABLE (permit_id bigint, wait_ms integer)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  budget public.quota_budgets%ROWTYPE;
  instant timestamptz;
  minute_length interval;
  day_length interval;
  -- The time between two calls at an even pace, and how many of them back-fill may run ahead of it.
  pace interval;
  ahead CONSTANT integer := 3;
  person_about boolean;
  live_about boolean;
  above_waits_until timestamptz;
  kept_of_minute integer := 0;
  kept_of_day integer := 0;
  in_window integer;
  at_once integer;
  oldest timestamptz;
  wait integer := NULL;
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
  pace := minute_length / budget.minute_limit;

  IF budget.blocked_until IS NOT NULL AND budget.blocked_until > instant THEN
    RETURN QUERY SELECT NULL::bigint, system.milliseconds_between(instant, budget.blocked_until);
    RETURN;
  END IF;
  wait := system.app_wait_ms(budget, in_lane, instant);
  IF wait > 0 THEN
    RETURN QUERY SELECT NULL::bigint, wait;
    RETURN;
  END IF;

  budget := system.note_lane(budget, in_lane, instant);
  person_about := COALESCE(budget.person_seen_at + system.about_length(budget.limit_speed) > instant, false);
  live_about := COALESCE(budget.live_seen_at + system.about_length(budget.limit_speed) > instant, false);
  IF in_lane > 0 AND person_about THEN
    kept_of_minute := budget.minute_limit / 20;
    kept_of_day := budget.day_limit / 100;
  END IF;
  IF in_lane > 1 AND live_about THEN
    kept_of_minute := kept_of_minute + budget.minute_limit / 60;
    kept_of_day := kept_of_day + budget.day_limit / 100;
  END IF;

  IF budget.day_started_at + day_length <= instant THEN
    UPDATE public.quota_budgets SET day_started_at = instant, day_used = 0 WHERE connection_id = in_connection_id;
    budget.day_started_at := instant;
    budget.day_used := 0;
  END IF;
  IF budget.day_used + in_cost > budget.day_limit - kept_of_day THEN
    RETURN QUERY SELECT NULL::bigint, system.milliseconds_between(instant, budget.day_started_at + day_length);
    RETURN;
  END IF;

  above_waits_until := GREATEST(
    CASE WHEN in_lane > 0 THEN budget.person_waits_until END, CASE WHEN in_lane > 1 THEN budget.live_waits_until END);
  IF above_waits_until > instant THEN
    RETURN QUERY SELECT NULL::bigint, system.milliseconds_between(instant, above_waits_until);
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
    wait := 5;
  ELSIF in_window + in_cost > budget.minute_limit - kept_of_minute THEN
    wait := CASE WHEN oldest IS NULL THEN 5 ELSE system.milliseconds_between(instant, oldest + minute_length) END;
  ELSIF in_lane > 1 AND live_about AND budget.paced_until > instant + pace * ahead THEN
    -- Taken in one burst, the minute's calls would all come free at once, and what is live would wait for that.
    wait := system.milliseconds_between(instant, budget.paced_until - pace * ahead);
  END IF;
  IF wait > 0 THEN
    PERFORM system.note_waiting(budget, in_lane, instant, wait);
    RETURN QUERY SELECT NULL::bigint, wait;
    RETURN;
  END IF;

  UPDATE public.quota_budgets
     SET day_used = day_used + in_cost,
         person_waits_until = CASE WHEN in_lane = 0 THEN NULL ELSE person_waits_until END,
         live_waits_until = CASE WHEN in_lane = 1 THEN NULL ELSE live_waits_until END,
         paced_until = CASE WHEN in_lane > 1 AND live_about THEN GREATEST(instant, paced_until) + pace * in_cost ELSE paced_until END
   WHERE connection_id = in_connection_id;
  RETURN QUERY
    INSERT INTO public.quota_calls (workspace_id, connection_id, cost, lane, granted_at, expires_at)
    VALUES (budget.workspace_id, in_connection_id, in_cost, in_lane, instant, instant + make_interval(secs => in_deadline_ms / 1000.0))
    RETURNING id, 0;
END $$;

RESET ROLE;
