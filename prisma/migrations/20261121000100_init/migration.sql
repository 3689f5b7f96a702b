-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "name" TEXT,
    "email" TEXT NOT NULL,
    "email_verified" TIMESTAMPTZ(3),
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "session_token_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification_tokens" (
    "identifier" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_tokens_pkey" PRIMARY KEY ("identifier","token_hash")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connector_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "tenant_name" TEXT NOT NULL,
    "base_currency" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "api_base" TEXT NOT NULL DEFAULT '',
    "authorisation_id" TEXT NOT NULL DEFAULT '',
    "scopes" TEXT[],
    "tenant_claim" TEXT,
    "status" TEXT NOT NULL,
    "status_reason" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "connected_by_user_id" UUID NOT NULL,
    "connected_by_name" TEXT NOT NULL,
    "connected_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disconnected_at" TIMESTAMPTZ(3),

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credentials" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "nonce" BYTEA NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "refreshing_until" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reference_sets" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "payload" JSONB NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reference_sets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pairs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "source_connection_id" UUID NOT NULL,
    "ledger_connection_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pairs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flows" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "flows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "value_maps" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "source_label" TEXT NOT NULL,
    "target_key" TEXT,
    "target_label" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "confirmed_by_user_id" UUID,

    CONSTRAINT "value_maps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "record_snapshots" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "number" TEXT NOT NULL DEFAULT '',
    "label" TEXT NOT NULL DEFAULT '',
    "document_date" TEXT,
    "currency" TEXT,
    "gross_minor" BIGINT,
    "disposition" TEXT NOT NULL DEFAULT 'pending',
    "disposition_reason" TEXT,
    "disposition_hash" TEXT,
    "pulled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "record_snapshots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quarantined_rows" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quarantined_rows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cursors" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cursors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_records" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "natural_key" TEXT NOT NULL,
    "marker" TEXT NOT NULL DEFAULT '',
    "record" JSONB NOT NULL,

    CONSTRAINT "ledger_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "record_links" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "ledger_external_id" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "natural_key" TEXT NOT NULL DEFAULT '',
    "source_hash" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "record_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_runs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "started_by_user_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_from" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "sync_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_passes" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "read" INTEGER NOT NULL DEFAULT 0,
    "read_total" INTEGER,
    "planned" INTEGER NOT NULL DEFAULT 0,
    "to_post" INTEGER NOT NULL DEFAULT 0,
    "posted" INTEGER NOT NULL DEFAULT 0,
    "linked" INTEGER NOT NULL DEFAULT 0,
    "excluded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "source_read_at" TIMESTAMPTZ(3),
    "ledger_read_at" TIMESTAMPTZ(3),
    "planned_at" TIMESTAMPTZ(3),
    "applied_at" TIMESTAMPTZ(3),
    "caught_up_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_passes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "planned_changes" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "reason" TEXT,
    "number" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "currency" TEXT,
    "gross_minor" BIGINT,
    "natural_key" TEXT NOT NULL DEFAULT '',
    "ledger_external_id" TEXT,
    "ledger_code" TEXT NOT NULL DEFAULT '',
    "detail" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',

    CONSTRAINT "planned_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "write_intents" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "source_hash" TEXT NOT NULL,
    "marker" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "payload_bytes" INTEGER NOT NULL,
    "open_key" TEXT,
    "state" TEXT NOT NULL,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "call_key" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "empty_searches" INTEGER NOT NULL DEFAULT 0,
    "search_after" TIMESTAMPTZ(3),
    "ledger_external_id" TEXT,
    "outcome" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "write_intents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exceptions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "source_external_id" TEXT NOT NULL,
    "source_hash" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "remedy" TEXT NOT NULL,
    "vendor_message" TEXT,
    "number" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "currency" TEXT,
    "gross_minor" BIGINT,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "exceptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tie_outs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "run_id" UUID,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "discrepancies" INTEGER NOT NULL,
    "report" JSONB NOT NULL,

    CONSTRAINT "tie_outs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox_messages" (
    "id" UUID NOT NULL,
    "connector_id" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbox_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_events" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_budgets" (
    "connection_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "minute_limit" INTEGER NOT NULL,
    "day_limit" INTEGER NOT NULL,
    "concurrency_limit" INTEGER NOT NULL,
    "limit_speed" INTEGER NOT NULL DEFAULT 1,
    "day_started_at" TIMESTAMPTZ(3) NOT NULL,
    "day_used" INTEGER NOT NULL DEFAULT 0,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "quota_budgets_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "quota_calls" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "cost" INTEGER NOT NULL DEFAULT 1,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "quota_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "actor_user_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_provider_provider_account_id_key" ON "accounts"("provider", "provider_account_id");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_session_token_hash_key" ON "sessions"("session_token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_slug_key" ON "workspaces"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_workspace_id_user_id_key" ON "memberships"("workspace_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "connections_tenant_claim_key" ON "connections"("tenant_claim");

-- CreateIndex
CREATE INDEX "connections_workspace_id_idx" ON "connections"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "credentials_connection_id_purpose_key" ON "credentials"("connection_id", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "reference_sets_connection_id_key" ON "reference_sets"("connection_id");

-- CreateIndex
CREATE UNIQUE INDEX "pairs_source_connection_id_ledger_connection_id_key" ON "pairs"("source_connection_id", "ledger_connection_id");

-- CreateIndex
CREATE UNIQUE INDEX "flows_pair_id_record_type_direction_key" ON "flows"("pair_id", "record_type", "direction");

-- CreateIndex
CREATE UNIQUE INDEX "value_maps_pair_id_kind_source_key_key" ON "value_maps"("pair_id", "kind", "source_key");

-- CreateIndex
CREATE UNIQUE INDEX "record_snapshots_sequence_key" ON "record_snapshots"("sequence");

-- CreateIndex
CREATE INDEX "record_snapshots_connection_id_record_type_sequence_idx" ON "record_snapshots"("connection_id", "record_type", "sequence");

-- CreateIndex
CREATE INDEX "record_snapshots_connection_id_record_type_disposition_idx" ON "record_snapshots"("connection_id", "record_type", "disposition");

-- CreateIndex
CREATE UNIQUE INDEX "record_snapshots_connection_id_record_type_external_id_key" ON "record_snapshots"("connection_id", "record_type", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "quarantined_rows_connection_id_record_type_external_id_key" ON "quarantined_rows"("connection_id", "record_type", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "cursors_connection_id_record_type_key" ON "cursors"("connection_id", "record_type");

-- CreateIndex
CREATE INDEX "ledger_records_connection_id_record_type_natural_key_idx" ON "ledger_records"("connection_id", "record_type", "natural_key");

-- CreateIndex
CREATE INDEX "ledger_records_connection_id_record_type_marker_idx" ON "ledger_records"("connection_id", "record_type", "marker");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_records_connection_id_record_type_external_id_key" ON "ledger_records"("connection_id", "record_type", "external_id");

-- CreateIndex
CREATE INDEX "record_links_pair_id_record_type_ledger_external_id_idx" ON "record_links"("pair_id", "record_type", "ledger_external_id");

-- CreateIndex
CREATE INDEX "record_links_pair_id_record_type_natural_key_idx" ON "record_links"("pair_id", "record_type", "natural_key");

-- CreateIndex
CREATE UNIQUE INDEX "record_links_pair_id_record_type_source_external_id_key" ON "record_links"("pair_id", "record_type", "source_external_id");

-- CreateIndex
CREATE INDEX "sync_runs_pair_id_started_at_idx" ON "sync_runs"("pair_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "sync_passes_run_id_record_type_key" ON "sync_passes"("run_id", "record_type");

-- CreateIndex
CREATE UNIQUE INDEX "planned_changes_sequence_key" ON "planned_changes"("sequence");

-- CreateIndex
CREATE INDEX "planned_changes_run_id_record_type_verb_sequence_idx" ON "planned_changes"("run_id", "record_type", "verb", "sequence");

-- CreateIndex
CREATE INDEX "planned_changes_run_id_record_type_state_sequence_idx" ON "planned_changes"("run_id", "record_type", "state", "sequence");

-- CreateIndex
CREATE INDEX "planned_changes_run_id_record_type_natural_key_idx" ON "planned_changes"("run_id", "record_type", "natural_key");

-- CreateIndex
CREATE UNIQUE INDEX "planned_changes_run_id_record_type_source_external_id_key" ON "planned_changes"("run_id", "record_type", "source_external_id");

-- CreateIndex
CREATE UNIQUE INDEX "write_intents_sequence_key" ON "write_intents"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "write_intents_open_key_key" ON "write_intents"("open_key");

-- CreateIndex
CREATE INDEX "write_intents_run_id_record_type_state_sequence_idx" ON "write_intents"("run_id", "record_type", "state", "sequence");

-- CreateIndex
CREATE INDEX "write_intents_pair_id_record_type_source_external_id_idx" ON "write_intents"("pair_id", "record_type", "source_external_id");

-- CreateIndex
CREATE INDEX "write_intents_pair_id_record_type_state_idx" ON "write_intents"("pair_id", "record_type", "state");

-- CreateIndex
CREATE INDEX "exceptions_pair_id_state_cause_idx" ON "exceptions"("pair_id", "state", "cause");

-- CreateIndex
CREATE UNIQUE INDEX "exceptions_pair_id_record_type_source_external_id_key" ON "exceptions"("pair_id", "record_type", "source_external_id");

-- CreateIndex
CREATE INDEX "tie_outs_pair_id_as_of_idx" ON "tie_outs"("pair_id", "as_of");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_sequence_key" ON "outbox_events"("sequence");

-- CreateIndex
CREATE INDEX "outbox_events_sent_at_sequence_idx" ON "outbox_events"("sent_at", "sequence");

-- CreateIndex
CREATE INDEX "quota_calls_connection_id_completed_at_idx" ON "quota_calls"("connection_id", "completed_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_events_sequence_key" ON "audit_events"("sequence");

-- CreateIndex
CREATE INDEX "audit_events_workspace_id_sequence_idx" ON "audit_events"("workspace_id", "sequence");

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairs" ADD CONSTRAINT "pairs_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairs" ADD CONSTRAINT "pairs_source_connection_id_fkey" FOREIGN KEY ("source_connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairs" ADD CONSTRAINT "pairs_ledger_connection_id_fkey" FOREIGN KEY ("ledger_connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flows" ADD CONSTRAINT "flows_pair_id_fkey" FOREIGN KEY ("pair_id") REFERENCES "pairs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
