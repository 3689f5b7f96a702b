import { defineConfig } from "prisma/config";

/*
 * For Prisma's own commands, as `prisma migrate deploy` on a server that has them. The project's scripts need none of
 * this: see scripts/db-migrate.ts and scripts/prisma-generate.ts.
 */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_OWNER_URL },
});
