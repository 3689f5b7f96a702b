-- Who may see what. Written by hand: a Prisma schema knows neither roles nor policies.
--
--   owner           whoever runs the migrations (needs CREATEROLE, need not be a superuser; PostgreSQL 16 or later)
--   tieout_app      the product: sees the rows of the one workspace named by the setting app.workspace_id
--   tieout_system   may call the functions of schema "system" and nothing else
--   tieout_runner   the embedded step runner: its own schema, granted in its own migration
--   tieout_definer  nobody logs in as this role: it owns the functions of schema "system" and may read across
--                   workspaces exactly what they need
--
-- Passwords and LOGIN are given outside the migrations (lib/db/migrate.ts), so that no secret is kept in them.

-- ---- Roles ---------------------------------------------------------------------------------------------------------
-- Roles belong to the whole server, not to this database, so they may be there already.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['tieout_app', 'tieout_system', 'tieout_runner', 'tieout_definer'] LOOP
    BEGIN
      EXECUTE format(
        'CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END LOOP;
END
$$;

-- The owner must act as tieout_definer to give it functions, but inherits none of its rights.
GRANT tieout_definer TO CURRENT_USER WITH SET TRUE, INHERIT FALSE;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tieout_app, tieout_definer;

-- ---- One workspace at a time -----------------------------------------------------------------------------------------
CREATE SCHEMA access;
REVOKE ALL ON SCHEMA access FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO tieout_app;

-- Null where no workspace was named: then no row passes. A setting made for one transaction is an empty text, not
-- absent, once that transaction is over.
CREATE FUNCTION access.current_workspace_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.workspace_id', true), '')::uuid;

-- Closes every table that has a workspace_id, and opens the few that have none. Every migration that makes tables
-- ends with a call of it (db:new-migration writes that line); a test finds the table that was forgotten.
CREATE FUNCTION access.secure_tables() RETURNS void
  LANGUAGE plpgsql
  SET search_path = ''
AS $$
DECLARE
  secured record;
  shared_table text;
BEGIN
  FOR secured IN
    SELECT format('public.%I', c.relname) AS name, quote_ident(a.attname) AS key
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace
       AND c.relkind IN ('r', 'p')
       -- A workspace's own row has its id where the others have its workspace_id.
       AND a.attname = CASE c.relname WHEN 'workspaces' THEN 'id' ELSE 'workspace_id' END
  LOOP
    EXECUTE 'ALTER TABLE ' || secured.name || ' ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY';
    EXECUTE 'DROP POLICY IF EXISTS one_workspace ON ' || secured.name;
    EXECUTE format(
      'CREATE POLICY one_workspace ON %1$s TO tieout_app
         USING (%2$s = access.current_workspace_id()) WITH CHECK (%2$s = access.current_workspace_id())',
      secured.name, secured.key);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO tieout_app', secured.name);
  END LOOP;

  -- The allow-list: what is there before anyone knows the workspace.
  FOREACH shared_table IN ARRAY ARRAY['users', 'accounts', 'sessions', 'verification_tokens', 'inbox_messages'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO tieout_app', shared_table);
  END LOOP;

  -- Append-only: what was written about the past is not changed by the product.
  REVOKE UPDATE, DELETE ON public.audit_events FROM tieout_app;

  GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tieout_app;
END
$$;
REVOKE ALL ON FUNCTION access.secure_tables() FROM PUBLIC;

SELECT access.secure_tables();

-- ---- Across workspaces: functions that return ids --------------------------------------------------------------------
CREATE SCHEMA system;
REVOKE ALL ON SCHEMA system FROM PUBLIC;
GRANT USAGE ON SCHEMA system TO tieout_system;
GRANT USAGE, CREATE ON SCHEMA system TO tieout_definer;

-- Row-level security is forced on these tables, so the role that owns the functions needs policies of its own.
GRANT SELECT ON workspaces, memberships, connections, pairs TO tieout_definer;
GRANT SELECT, UPDATE (sent_at) ON outbox_events TO tieout_definer;
CREATE POLICY system_functions ON workspaces FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions ON memberships FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions ON connections FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions ON pairs FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions_read ON outbox_events FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions_mark ON outbox_events FOR UPDATE TO tieout_definer USING (true) WITH CHECK (true);

SET LOCAL ROLE tieout_definer;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Which connections hold this tenant. A vendor's webhook names only its own tenant.
CREATE FUNCTION system.connections_of_tenant(in_connector_id text, in_tenant_id text)
  RETURNS TABLE (workspace_id uuid, connection_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT c.workspace_id, c.id
    FROM public.connections c
   WHERE c.connector_id = in_connector_id AND c.tenant_id = in_tenant_id AND c.status <> 'disconnected'
   ORDER BY c.connected_at;
END;

-- The workspaces that a person belongs to, the one joined first first.
CREATE FUNCTION system.workspaces_of_user(in_user_id uuid) RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT m.workspace_id FROM public.memberships m WHERE m.user_id = in_user_id ORDER BY m.created_at, m.id;
END;

-- The workspace behind a slug in an address, for a member alone: others cannot tell a foreign slug from a free one.
CREATE FUNCTION system.workspace_of_member(in_slug text, in_user_id uuid) RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT w.id
    FROM public.workspaces w JOIN public.memberships m ON m.workspace_id = w.id
   WHERE w.slug = in_slug AND m.user_id = in_user_id;
END;

-- What a schedule may start.
CREATE FUNCTION system.live_pairs() RETURNS TABLE (workspace_id uuid, pair_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT p.workspace_id, p.id FROM public.pairs p WHERE p.state = 'live' ORDER BY p.created_at, p.id;
END;

-- Events that were committed and not yet sent, oldest first. Events hold ids alone, by the outbox's own rule.
CREATE FUNCTION system.unsent_outbox_events(in_limit integer)
  RETURNS TABLE (id uuid, workspace_id uuid, name text, data jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT o.id, o.workspace_id, o.name, o.data
    FROM public.outbox_events o WHERE o.sent_at IS NULL ORDER BY o.sequence LIMIT in_limit;
END;

-- Marks events as sent and returns how many of them were not so before.
CREATE FUNCTION system.mark_outbox_events_sent(in_ids uuid[], in_sent_at timestamptz) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  WITH marked AS (
    UPDATE public.outbox_events o SET sent_at = in_sent_at
     WHERE o.id = ANY (in_ids) AND o.sent_at IS NULL
    RETURNING 1
  )
  SELECT count(*)::integer FROM marked;
END;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA system TO tieout_system;
RESET ROLE;
