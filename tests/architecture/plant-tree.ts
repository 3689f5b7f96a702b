/**
 * Builds a tiny source tree on disk from a table of files and what each imports, so that a rule can be shown to fire
 * on a known violation and to stay silent on a known good tree. Packages are empty stand-ins: only their names count.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export type PlantedTree = {
  /** File path to the module names that it imports; a file that is only imported is made empty. */
  imports: Record<string, string[]>;
  packages: string[];
  developmentPackages?: string[];
  /** Installed but absent from package.json. */
  undeclaredPackages?: string[];
};

function write(folder: string, file: string, text: string): void {
  const target = path.join(folder, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}

function asVersions(names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, "1.0.0"]));
}

/** Writes the tree to a fresh temporary folder and returns that folder's path. */
export function plantTree(tree: PlantedTree): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tieout-architecture-"));
  const { imports, packages, developmentPackages = [], undeclaredPackages = [] } = tree;
  for (const name of [...packages, ...developmentPackages, ...undeclaredPackages]) {
    write(
      folder,
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: "1.0.0", main: "index.js" }),
    );
    write(folder, `node_modules/${name}/index.js`, "module.exports = {};\n");
  }
  write(
    folder,
    "package.json",
    JSON.stringify({ dependencies: asVersions(packages), devDependencies: asVersions(developmentPackages) }),
  );
  write(
    folder,
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        module: "esnext",
        moduleResolution: "bundler",
        paths: { "@/*": ["./*"] },
        jsx: "react-jsx",
      },
    }),
  );
  for (const [file, targets] of Object.entries(imports)) {
    const lines = targets.map((target, index) => `import * as part${index} from "${target}";`);
    const names = targets.map((_, index) => `part${index}`).join(", ");
    write(folder, file, `${lines.join("\n")}\nexport const parts = [${names}];\n`);
  }
  return folder;
}
