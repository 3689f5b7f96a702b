import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  isDriverAdapterError,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { invariant } from "@/lib/kernel/invariant";
import { startTemporaryPostgres } from "./embedded-postgres";
import { migrateDatabase } from "./migrate";

/*
 * Compares a migrated database with prisma/schema.prisma through Prisma's own schema engine, which npm brings as
 * WebAssembly: nothing is downloaded. The engine sees tables, columns, keys and indexes; what only SQL can say
 * (policies, roles, functions, partial indexes) is guarded by tests instead.
 */

export const PROJECT_SCHEMA_PATH = fileURLToPath(new URL("../../prisma/schema.prisma", import.meta.url));

/**
 * The SQL that prisma/schema.prisma has and the migrations do not; empty when they agree. Applies the migrations on
 * a throw-away server, in about a second.
 */
export async function schemaDrift(schemaPath = PROJECT_SCHEMA_PATH): Promise<string> {
  const server = await startTemporaryPostgres();
  try {
    const ownerUrl = server.ownerUrl("shadow");
    await migrateDatabase(ownerUrl);
    return await databaseDrift(ownerUrl, schemaPath);
  } finally {
    await server.stop();
  }
}

/** The SQL that would bring that database to the schema; empty when they agree. Only reads the database. */
export async function databaseDrift(ownerUrl: string, schemaPath = PROJECT_SCHEMA_PATH): Promise<string> {
  const schema = { path: schemaPath, content: await readFile(schemaPath, "utf8") };
  const engine = await openSchemaEngine(ownerUrl, schema);
  try {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files: [schema], configDir: dirname(schemaPath) },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const script = stdout ?? "";
    return script.trim() === "-- This is an empty migration." ? "" : script;
  } finally {
    await engine.close();
  }
}

type OpenSchemaEngine = Pick<
  engineModule.SchemaEngine,
  "diff" | "diagnoseMigrationHistory" | "applyMigrations"
> & {
  close(): Promise<void>;
};

/** Prisma's schema engine on that database; close it to end its connection. */
export async function openSchemaEngine(
  ownerUrl: string,
  schema?: engineModule.SchemaContainer,
): Promise<OpenSchemaEngine> {
  await loadEngine();
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: schema ? [[schema.path, schema.content]] : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(catalogueReader(pool)),
  );
  return {
    diff: (params) => engine.diff(params),
    diagnoseMigrationHistory: (input) => engine.diagnoseMigrationHistory(input),
    applyMigrations: (input) => engine.applyMigrations(input),
    async close() {
      engine.free();
      await pool.end();
    },
  };
}

/** PostgreSQL's catalogue types by object id, as the engine wants them named. */
const COLUMN_TYPES: Readonly<Record<number, ColumnType>> = {
  16: ColumnTypeEnum.Boolean,
  18: ColumnTypeEnum.Character,
  19: ColumnTypeEnum.Text,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  25: ColumnTypeEnum.Text,
  26: ColumnTypeEnum.Int64,
  1002: ColumnTypeEnum.CharacterArray,
  1003: ColumnTypeEnum.TextArray,
  1005: ColumnTypeEnum.Int32Array,
  1007: ColumnTypeEnum.Int32Array,
  1009: ColumnTypeEnum.TextArray,
  1043: ColumnTypeEnum.Text,
};

/**
 * Prisma's own adapter (7.10.0) refuses the "char" columns of PostgreSQL's catalogue, which the engine insists on:
 * those queries are answered here.
 */
function catalogueReader(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect() {
      const adapter = await factory.connect();
      const queryRaw = adapter.queryRaw.bind(adapter);
      return Object.assign(adapter, {
        queryRaw: (query: SqlQuery) =>
          queryRaw(query).catch((error: unknown) => {
            const refused = isDriverAdapterError(error) && error.cause.kind === "UnsupportedNativeDataType";
            if (!refused) throw error;
            return readCatalogue(pool, query);
          }),
      });
    },
  };
}

async function readCatalogue(pool: pg.Pool, { sql, args }: SqlQuery): Promise<SqlResultSet> {
  const result = await pool.query<unknown[]>({ text: sql, values: args, rowMode: "array" });
  return {
    columnNames: result.fields.map((field) => field.name),
    columnTypes: result.fields.map((field) => columnType(field)),
    rows: result.rows,
  };
}

function columnType(field: pg.FieldDef): ColumnType {
  const known = COLUMN_TYPES[field.dataTypeID];
  invariant(known !== undefined, `the type of ${field.name} (${field.dataTypeID}) is in COLUMN_TYPES`);
  return known;
}

let loading: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loading ??= instantiate();
  return loading;
}

/** What the package's own entry does with `import "./schema_engine_bg.wasm"`, which Node 20 does not know. */
async function instantiate(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(join(dirname(entry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...engineModule } });
  engineModule.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  invariant(typeof start === "function", "the schema engine has a start function");
  start();
}
