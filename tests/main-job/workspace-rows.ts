/** Every row of a workspace in every table, as text: two looks are equal when nothing was touched between them. */
export async function dumpWorkspace(
  workspaceId: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  return database.withWorkspace(workspaceId, async (tx) => {
    const tables = await tx.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'workspace_id' ORDER BY 1`;
    const dump: Record<string, readonly string[]> = {};
    for (const { name } of [...tables, { name: "workspaces" }]) {
      // Leave to call a vendor comes and goes with every call; the trail is sealed by a schedule.
      if (name.startsWith("quota_") || name === "audit_seals" || name === "audit_heads") continue;
      const rows = await tx.$queryRawUnsafe<{ row: string }[]>(
        `SELECT to_jsonb(t)::text AS row FROM "${name}" t ORDER BY 1`,
      );
      dump[name] = rows.map(({ row }) => row);
    }
    return dump;
  });
}
