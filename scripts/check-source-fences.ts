/**
 * Fences that no import shows: the environment is read only where it is parsed, `fetch` is called only by the HTTP
 * module (and by browser code towards its own page), and the pure modules ask no clock and no dice. It reads syntax,
 * not text, so that a comment or a string that names one of them is no finding.
 */
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

export type FenceFinding = { fence: string; file: string; line: number };

type Fence = {
  name: string;
  reason: string;
  appliesTo: (file: string, source: ts.SourceFile) => boolean;
  breaks: (node: ts.Node) => boolean;
};

const productFolders = ["app", "components", "inngest", "lib", "sandbox"];
const productRootFiles = ["proxy.ts", "instrumentation.ts"];
const pureFolders = /^lib\/(domain|mapping|matching|reconciliation)\//;

function isProperty(node: ts.Node, owner: string, name: string): boolean {
  if (ts.isPropertyAccessExpression(node))
    return node.expression.getText() === owner && node.name.text === name;
  if (!ts.isElementAccessExpression(node) || !ts.isStringLiteralLike(node.argumentExpression)) return false;
  return node.expression.getText() === owner && node.argumentExpression.text === name;
}

function readsEnvironment(node: ts.Node): boolean {
  if (isProperty(node, "process", "env") || isProperty(node, "globalThis.process", "env")) return true;
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return /^(node:)?process$/.test(node.moduleSpecifier.text);
  }
  return ts.isVariableDeclaration(node) && node.initializer?.getText() === "process";
}

/** `fetch` as a value: called, handed on or renamed, but not a property, a parameter or a type of that name. */
function usesGlobalFetch(node: ts.Node): boolean {
  if (["globalThis", "window", "self"].some((owner) => isProperty(node, owner, "fetch"))) return true;
  if (!ts.isIdentifier(node) || node.text !== "fetch") return false;
  const { parent } = node;
  if (ts.isCallExpression(parent)) return true;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return ts.isShorthandPropertyAssignment(parent) || ts.isBinaryExpression(parent);
}

function asksClockOrDice(node: ts.Node): boolean {
  if (isProperty(node, "Date", "now") || isProperty(node, "Math", "random")) return true;
  if (isProperty(node, "performance", "now")) return true;
  if (ts.isNewExpression(node)) return node.expression.getText() === "Date" && !node.arguments?.length;
  if (!ts.isCallExpression(node)) return false;
  return ["setTimeout", "setInterval", "randomUUID", "crypto.randomUUID"].includes(node.expression.getText());
}

function isBrowserFile(source: ts.SourceFile): boolean {
  const [first] = source.statements;
  if (!first || !ts.isExpressionStatement(first)) return false;
  return ts.isStringLiteral(first.expression) && first.expression.text === "use client";
}

export const sourceFences: Fence[] = [
  {
    name: "environment-in-env-module",
    reason: "A setting that is read elsewhere is neither checked at the start nor listed in .env.example.",
    appliesTo: (file) => !/^(lib|sandbox)\/env\.ts$/.test(file),
    breaks: readsEnvironment,
  },
  {
    name: "fetch-in-http-module",
    reason: "Deadlines, redaction and call logs hold because calls leave through lib/http.",
    appliesTo: (file, source) => !file.startsWith("lib/http/") && !isBrowserFile(source),
    breaks: usesGlobalFetch,
  },
  {
    name: "no-clock-in-pure-modules",
    reason: "The same input must give the same answer in preview, in sync and in a year.",
    appliesTo: (file) => pureFolders.test(file),
    breaks: asksClockOrDice,
  },
];

/** Findings in one file's text; `file` is its path from the clone's top with forward slashes. */
export function scanSource(file: string, text: string): FenceFinding[] {
  const kind = file.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const fences = sourceFences.filter((fence) => fence.appliesTo(file, source));
  const findings: FenceFinding[] = [];
  function visit(node: ts.Node): void {
    for (const fence of fences) {
      if (!fence.breaks(node)) continue;
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      findings.push({ fence: fence.name, file, line });
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return findings;
}

/** The product's own source files under `root`, without tests and generated code. */
export function listProductFiles(root: string): string[] {
  const inFolders = productFolders.flatMap((folder) => {
    const top = path.join(root, folder);
    if (!fs.existsSync(top)) return [];
    return fs
      .readdirSync(top, { recursive: true })
      .map((name) => `${folder}/${String(name).replaceAll("\\", "/")}`);
  });
  const atTop = productRootFiles.filter((file) => fs.existsSync(path.join(root, file)));
  return [...inFolders, ...atTop]
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|spec)\.tsx?$/.test(file))
    .filter((file) => !file.startsWith("lib/db/generated/"))
    .sort();
}

/** Scans every product file under `root`; returns the findings and how many files were read. */
export function scanProduct(root: string): { fileCount: number; findings: FenceFinding[] } {
  const files = listProductFiles(root);
  const findings = files.flatMap((file) => scanSource(file, fs.readFileSync(path.join(root, file), "utf8")));
  return { fileCount: files.length, findings };
}
