-- AlterTable
ALTER TABLE "pairs" ADD COLUMN     "billing_held_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "billing_customers" (
    "workspace_id" UUID NOT NULL,
    "stripe_customer_id" TEXT NOT NULL,
    "checkout_attempt" INTEGER NOT NULL DEFAULT 0,
    "reads_begun" INTEGER NOT NULL DEFAULT 0,
    "reads_applied" INTEGER NOT NULL DEFAULT 0,
    "read_at" TIMESTAMPTZ(3),
    "released_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "billing_customers_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "subscriptions" (
    "id" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "price_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "period_ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "owed_since" TIMESTAMPTZ(3),

    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stripe_events" (
    "id" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "stripe_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "billing_customers_stripe_customer_id_key" ON "billing_customers"("stripe_customer_id");

-- CreateIndex
CREATE INDEX "billing_customers_read_at_idx" ON "billing_customers"("read_at");

-- CreateIndex
CREATE INDEX "subscriptions_workspace_id_idx" ON "subscriptions"("workspace_id");

-- CreateIndex
CREATE INDEX "stripe_events_workspace_id_received_at_idx" ON "stripe_events"("workspace_id", "received_at");

-- ---- Across workspaces -----------------------------------------------------------------------------------------------
GRANT SELECT ON billing_customers, subscriptions TO tieout_definer;
CREATE POLICY system_functions ON billing_customers FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions ON subscriptions FOR SELECT TO tieout_definer USING (true);

SET LOCAL ROLE tieout_definer;

-- The workspace that a customer at Stripe is. An event names only its own customer.
CREATE FUNCTION system.workspace_of_stripe_customer(in_customer_id text) RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT b.workspace_id FROM public.billing_customers b WHERE b.stripe_customer_id = in_customer_id;
END;

-- Workspaces whose customer was not read from Stripe since an instant, the longest unread first: what a lost event left.
-- One whose connections are given back and that has no subscription going on is left alone.
CREATE FUNCTION system.billing_unread_since(in_before timestamptz, in_limit integer) RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT b.workspace_id
    FROM public.billing_customers b
   WHERE (b.read_at IS NULL OR b.read_at < in_before)
     AND (b.released_at IS NULL
          OR EXISTS (SELECT FROM public.subscriptions s
                      WHERE s.workspace_id = b.workspace_id
                        AND s.status NOT IN ('canceled', 'incomplete_expired')))
   ORDER BY b.read_at NULLS FIRST, b.workspace_id LIMIT in_limit;
END;

-- As before, without the pairs that no plan pays for.
CREATE OR REPLACE FUNCTION system.due_pairs(in_now timestamptz, in_notices_before timestamptz, in_limit integer)
  RETURNS TABLE (workspace_id uuid, pair_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT p.workspace_id, p.id
    FROM public.pairs p
    JOIN public.connections s ON s.id = p.source_connection_id AND s.status = 'active'
    JOIN public.connections l ON l.id = p.ledger_connection_id AND l.status = 'active'
   WHERE p.state IN ('ready', 'live') AND p.billing_held_at IS NULL
     AND (p.next_run_at <= in_now
          OR (p.failed_runs = 0
              AND CASE WHEN p.schedule IS NULL THEN p.state = 'live' ELSE p.schedule ->> 'mode' = 'realTime' END
              AND EXISTS (SELECT FROM public.change_notices n
                           WHERE n.pair_id = p.id AND n.state = 'waiting' AND n.received_at < in_notices_before)))
     AND NOT EXISTS (SELECT FROM public.sync_runs r
                      WHERE r.pair_id = p.id AND r.state IN ('pulling', 'planning', 'applying', 'tyingOut'))
   ORDER BY p.next_run_at NULLS LAST, p.id LIMIT in_limit;
END;

GRANT EXECUTE ON FUNCTION system.workspace_of_stripe_customer(text),
  system.billing_unread_since(timestamptz, integer) TO tieout_system;
RESET ROLE;

-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();
