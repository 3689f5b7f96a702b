import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/**
 * The exported operations of lib/operations that take a parameter of some type, read from their source: a new one is on
 * the list at once, and a test that has no case for it fails.
 */
export function listOperationsTaking(typeName: string): string[] {
  const folder = path.resolve("lib/operations");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => exportedFunctions(path.join(folder, file)))
    .filter(({ node }) => node.parameters.some((parameter) => parameter.type?.getText() === typeName))
    .map(({ name }) => name)
    .sort();
}

function exportedFunctions(file: string): { name: string; node: ts.FunctionDeclaration }[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((node) => {
    if (!ts.isFunctionDeclaration(node) || node.name === undefined) return [];
    const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    return isExported ? [{ name: node.name.text, node }] : [];
  });
}
