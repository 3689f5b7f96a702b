-- The embedded Inngest runner (inngest/runner/README.md). Its tables are nobody's but the runner's: they hold no
-- workspace's records, only events, ids and counters, and the app's role may not read them.
-- Payloads are json, not jsonb: they are kept byte for byte, and jsonb refuses the character U+0000.
CREATE SCHEMA runner;

-- A running process. It is alive while it holds an advisory lock on its id, which ends with its connection.
CREATE TABLE runner.instances (
    id          INTEGER     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    worker_pool TEXT        NOT NULL,
    started_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE SEQUENCE runner.registration_revisions;
CREATE TABLE runner.functions (
    id            TEXT        PRIMARY KEY,
    app           TEXT        NOT NULL,
    config        JSON        NOT NULL,
    active        BOOLEAN     NOT NULL DEFAULT TRUE,
    revision      BIGINT      NOT NULL,
    registered_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE runner.events (
    id          TEXT        PRIMARY KEY,
    name        TEXT        NOT NULL,
    event       JSON        NOT NULL,
    received_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX events_received_at ON runner.events (received_at);

-- Event ids and idempotency keys that were used, until they may be used again.
CREATE TABLE runner.used_keys (
    scope      TEXT        NOT NULL,
    key        TEXT        NOT NULL,
    ref        TEXT        NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX used_keys_expires_at ON runner.used_keys (expires_at);

CREATE TABLE runner.runs (
    id              TEXT        PRIMARY KEY,
    seq             BIGINT      GENERATED ALWAYS AS IDENTITY UNIQUE,
    function_id     TEXT        NOT NULL,
    status          TEXT        NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    event           JSON        NOT NULL,
    event_id        TEXT,
    attempt         INTEGER     NOT NULL DEFAULT 0,
    discovered      INTEGER     NOT NULL DEFAULT -1,
    discover_at     TIMESTAMPTZ,
    singleton_key   TEXT,
    parent_run_id   TEXT,
    parent_step_id  TEXT,
    lease           TEXT,
    lease_instance  INTEGER,
    poked           BOOLEAN     NOT NULL DEFAULT FALSE,
    lost_count      INTEGER     NOT NULL DEFAULT 0,
    next_due_at     TIMESTAMPTZ,
    start_deadline  TIMESTAMPTZ,
    finish_deadline TIMESTAMPTZ,
    created_at      TIMESTAMPTZ NOT NULL,
    started_at      TIMESTAMPTZ,
    ended_at        TIMESTAMPTZ,
    output          JSON,
    error           JSON,
    CHECK ((ended_at IS NOT NULL) = (status IN ('completed', 'failed', 'cancelled'))),
    CHECK ((lease IS NULL) = (lease_instance IS NULL))
);
CREATE INDEX runs_event_id ON runner.runs (event_id);
CREATE INDEX runs_singleton ON runner.runs (function_id, singleton_key) WHERE ended_at IS NULL;
CREATE INDEX runs_next_due_at ON runner.runs (next_due_at) WHERE ended_at IS NULL;
CREATE INDEX runs_lease_instance ON runner.runs (lease_instance) WHERE lease IS NOT NULL;
CREATE INDEX runs_deadlines ON runner.runs (COALESCE(finish_deadline, start_deadline)) WHERE ended_at IS NULL;
CREATE INDEX runs_ended_at ON runner.runs (ended_at) WHERE ended_at IS NOT NULL;

CREATE SEQUENCE runner.step_completions;
CREATE TABLE runner.steps (
    run_id       TEXT        NOT NULL REFERENCES runner.runs (id) ON DELETE CASCADE,
    id           TEXT        NOT NULL,
    op           TEXT        NOT NULL,
    display_name TEXT        NOT NULL,
    status       TEXT        NOT NULL CHECK (status IN ('planned', 'sleeping', 'waiting', 'invoking', 'done')),
    race         BOOLEAN     NOT NULL DEFAULT FALSE,
    attempt      INTEGER     NOT NULL DEFAULT 0,
    due_at       TIMESTAMPTZ,
    -- What the SDK is told of the step in later requests: {"type":"data","data":...} or {"type":"error","error":...}
    memo         JSON,
    completion   BIGINT,
    PRIMARY KEY (run_id, id),
    CHECK ((status = 'done') = (memo IS NOT NULL AND completion IS NOT NULL))
);

-- What a run waits for, or is cancelled by. `match` is one equality as text, so that an index finds it.
CREATE TABLE runner.watches (
    id         BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id     TEXT        NOT NULL REFERENCES runner.runs (id) ON DELETE CASCADE,
    kind       TEXT        NOT NULL CHECK (kind IN ('wait', 'cancel')),
    step_id    TEXT,
    event_name TEXT        NOT NULL,
    match      TEXT,
    clauses    JSON        NOT NULL,
    expires_at TIMESTAMPTZ
);
CREATE INDEX watches_event ON runner.watches (event_name, match);
CREATE INDEX watches_run ON runner.watches (run_id);

-- Concurrency: how many requests of a run count against a key now, and which runs wait for room.
CREATE TABLE runner.slots (
    run_id   TEXT    NOT NULL REFERENCES runner.runs (id) ON DELETE CASCADE,
    key      TEXT    NOT NULL,
    units    INTEGER NOT NULL CHECK (units > 0),
    PRIMARY KEY (run_id, key)
);
CREATE INDEX slots_key ON runner.slots (key);
CREATE TABLE runner.blocked (
    run_id TEXT   PRIMARY KEY REFERENCES runner.runs (id) ON DELETE CASCADE,
    key    TEXT   NOT NULL,
    seq    BIGINT NOT NULL
);
CREATE INDEX blocked_key ON runner.blocked (key, seq);

CREATE TABLE runner.debounces (
    function_id TEXT        NOT NULL,
    key         TEXT        NOT NULL,
    event       JSON        NOT NULL,
    event_id    TEXT        NOT NULL,
    version     INTEGER     NOT NULL DEFAULT 1,
    due_at      TIMESTAMPTZ NOT NULL,
    deadline_at TIMESTAMPTZ,
    PRIMARY KEY (function_id, key)
);
CREATE INDEX debounces_due_at ON runner.debounces (due_at);

CREATE TABLE runner.crons (
    function_id TEXT        NOT NULL REFERENCES runner.functions (id) ON DELETE CASCADE,
    cron        TEXT        NOT NULL,
    next_at     TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (function_id, cron)
);

-- The role is made by the first migration; where a server has none, the owner runs the runner.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tieout_runner') THEN
        GRANT USAGE ON SCHEMA runner TO tieout_runner;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA runner TO tieout_runner;
        GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA runner TO tieout_runner;
    END IF;
END
$$;
