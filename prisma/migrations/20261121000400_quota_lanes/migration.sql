-- AlterTable
ALTER TABLE "quota_budgets" ADD COLUMN     "app_key" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "app_minute_limit" INTEGER,
ADD COLUMN     "live_seen_at" TIMESTAMPTZ(3),
ADD COLUMN     "live_waits_until" TIMESTAMPTZ(3),
ADD COLUMN     "paced_until" TIMESTAMPTZ(3),
ADD COLUMN     "person_seen_at" TIMESTAMPTZ(3),
ADD COLUMN     "person_waits_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "quota_calls" ADD COLUMN     "lane" SMALLINT NOT NULL DEFAULT 2;

-- CreateTable
CREATE TABLE "quota_apps" (
    "app_key" TEXT NOT NULL,
    "remaining" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quota_apps_pkey" PRIMARY KEY ("app_key")
);

-- CreateTable
CREATE TABLE "quota_meters" (
    "connection_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "single_calls" INTEGER NOT NULL DEFAULT 0,
    "bytes_received" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "quota_meters_pkey" PRIMARY KEY ("connection_id","day")
);

-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();

-- Three lanes share one budget: 0 a person at the screen, 1 a live change, 2 back-fill. A lane leaves its place to the
-- ones above it while they wait, and while they are about it keeps something for them. Nobody about: nothing kept.
GRANT SELECT, INSERT, UPDATE ON quota_apps TO tieout_definer;
GRANT SELECT, INSERT, UPDATE ON quota_meters TO tieout_definer;
CREATE POLICY system_functions ON quota_meters TO tieout_definer USING (true) WITH CHECK (true);

SET LOCAL ROLE tieout_definer;

DROP FUNCTION system.take_permit(uuid, integer, integer);
DROP FUNCTION system.complete_permit(bigint, integer, integer, integer);

-- For how long after their last call a person, or a live flow, counts as about.
CREATE FUNCTION system.about_length(limit_speed integer) RETURNS interval LANGUAGE sql IMMUTABLE
  RETURN interval '5 minutes' / limit_speed;

-- Marks that a lane asked (at most once in a while: it is a write) and answers the row as it then stands.
CREATE FUNCTION system.note_lane(budget public.quota_budgets, in_lane integer, instant timestamptz)
  RETURNS public.quota_budgets LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
  stale timestamptz := instant - system.about_length(budget.limit_speed) / 5;
BEGIN
  IF in_lane = 0 AND COALESCE(budget.person_seen_at < stale, true) THEN
    budget.person_seen_at := instant;
    UPDATE public.quota_budgets SET person_seen_at = instant WHERE connection_id = budget.connection_id;
  ELSIF in_lane = 1 AND COALESCE(budget.live_seen_at < stale, true) THEN
    budget.live_seen_at := instant;
    UPDATE public.quota_budgets SET live_seen_at = instant WHERE connection_id = budget.connection_id;
  END IF;
  RETURN budget;
END $$;

-- How long a lane waits for the app's own limit over all tenants; 0 when it need not.
CREATE FUNCTION system.app_wait_ms(budget public.quota_budgets, in_lane integer, instant timestamptz)
  RETURNS integer LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
  app public.quota_apps%ROWTYPE;
  -- The vendor's word is old after this long: whoever asks then finds out how things stand.
  word_lasts interval := interval '10 seconds' / budget.limit_speed;
BEGIN
  IF budget.app_minute_limit IS NULL THEN
    RETURN 0;
  END IF;
  SELECT * INTO app FROM public.quota_apps WHERE app_key = budget.app_key;
  IF NOT FOUND OR app.seen_at + word_lasts <= instant
     OR app.remaining > budget.app_minute_limit * (CASE in_lane WHEN 0 THEN 0 WHEN 1 THEN 2 ELSE 10 END) / 100 THEN
    RETURN 0;
  END IF;
  RETURN system.milliseconds_between(instant, app.seen_at + word_lasts);
END $$;

-- Remembers that one of this lane comes back for its place, so that the lanes below leave it free for a moment longer.
CREATE FUNCTION system.note_waiting(budget public.quota_budgets, in_lane integer, instant timestamptz, in_wait_ms integer)
  RETURNS void LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
  waits_until timestamptz := instant + make_interval(secs => (in_wait_ms + 250) / 1000.0);
BEGIN
  IF in_lane = 0 THEN
    UPDATE public.quota_budgets SET person_waits_until = waits_until WHERE connection_id = budget.connection_id;
  ELSIF in_lane = 1 THEN
    UPDATE public.quota_budgets SET live_waits_until = waits_until WHERE connection_id = budget.connection_id;
  END IF;
END $$;

-- A permit's id, or null and the time after which to ask again.
CREATE FUNCTION system.take_permit(in_connection_id uuid, in_cost integer, in_deadline_ms integer, in_lane integer)
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

-- What an answer says of the app's limit; kept only when it runs low, so that a quiet day writes nothing here.
CREATE FUNCTION system.note_app(in_connection_id uuid, in_remaining integer) RETURNS void
  LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
  budget public.quota_budgets%ROWTYPE;
BEGIN
  SELECT * INTO budget FROM public.quota_budgets WHERE connection_id = in_connection_id;
  IF budget.app_minute_limit IS NULL OR in_remaining > budget.app_minute_limit * 12 / 100 THEN
    RETURN;
  END IF;
  INSERT INTO public.quota_apps (app_key, remaining, seen_at) VALUES (budget.app_key, in_remaining, clock_timestamp())
  ON CONFLICT (app_key) DO UPDATE SET remaining = EXCLUDED.remaining, seen_at = EXCLUDED.seen_at;
END $$;

-- Ends a permit. What the answer did not say is null; in_single_calls and in_bytes go to the customer's meter.
CREATE FUNCTION system.complete_permit(
  in_permit_id bigint, in_day_remaining integer, in_app_remaining integer, in_blocked_ms integer, in_limit_speed integer,
  in_single_calls integer, in_bytes bigint)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  ended public.quota_calls%ROWTYPE;
BEGIN
  UPDATE public.quota_calls SET completed_at = clock_timestamp()
   WHERE id = in_permit_id AND completed_at IS NULL RETURNING * INTO ended;
  IF ended.connection_id IS NULL THEN
    RETURN;
  END IF;
  INSERT INTO public.quota_meters AS meter (connection_id, workspace_id, day, calls, single_calls, bytes_received)
  VALUES (ended.connection_id, ended.workspace_id, (clock_timestamp() AT TIME ZONE 'UTC')::date, ended.cost, in_single_calls, in_bytes)
  ON CONFLICT (connection_id, day) DO UPDATE
     SET calls = meter.calls + EXCLUDED.calls,
         single_calls = meter.single_calls + EXCLUDED.single_calls,
         bytes_received = meter.bytes_received + EXCLUDED.bytes_received;
  IF in_app_remaining IS NOT NULL THEN
    PERFORM system.note_app(ended.connection_id, in_app_remaining);
  END IF;
  IF in_day_remaining IS NULL AND in_blocked_ms IS NULL AND in_limit_speed IS NULL THEN
    RETURN;
  END IF;
  UPDATE public.quota_budgets
     SET day_used = CASE WHEN in_day_remaining IS NULL THEN day_used ELSE GREATEST(day_used, day_limit - in_day_remaining) END,
         blocked_until = CASE WHEN in_blocked_ms IS NULL THEN blocked_until
                              ELSE GREATEST(COALESCE(blocked_until, clock_timestamp()), clock_timestamp() + make_interval(secs => in_blocked_ms / 1000.0)) END,
         limit_speed = COALESCE(in_limit_speed, limit_speed)
   WHERE connection_id = ended.connection_id
     AND (in_blocked_ms IS NOT NULL OR limit_speed <> COALESCE(in_limit_speed, limit_speed) OR (in_day_remaining IS NOT NULL AND day_used < day_limit - in_day_remaining));
END $$;

GRANT EXECUTE ON FUNCTION system.take_permit(uuid, integer, integer, integer),
  system.complete_permit(bigint, integer, integer, integer, integer, integer, bigint) TO tieout_system;
RESET ROLE;
