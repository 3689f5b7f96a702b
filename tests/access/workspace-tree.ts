import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/**
 * Every page, server action and route of a workspace as the source has them, each with the names that it gives to its
 * gate. Read from the files, so that a new one is on the list at once.
 */
export interface Entry {
  /** As in the table of permissions. */
  readonly name: string;
  readonly file: string;
  /** The rows of the table that its gate is asked for. */
  readonly asks: readonly string[];
}

const WORKSPACE_FOLDER = "app/(workspace)/[workspaceSlug]";
const ROUTE_FOLDERS = [WORKSPACE_FOLDER, "app/api/workspaces", "app/api/connect"];
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const GATES = new Set(["requireWorkspace", "askWorkspace", "mayEnter"]);

/** The folder under a workspace's address, "/" for the address itself. */
const placeOf = (file: string) => path.posix.dirname(file).slice(WORKSPACE_FOLDER.length) || "/";

export const listPages = (): readonly Entry[] =>
  filesNamed(WORKSPACE_FOLDER, "page.tsx").map((file) => ({
    name: placeOf(file),
    file,
    asks: gateNames(file),
  }));

export const listRoutes = (): readonly Entry[] =>
  ROUTE_FOLDERS.flatMap((folder) => filesNamed(folder, "route.ts")).flatMap((file) => {
    const place = file.startsWith(WORKSPACE_FOLDER)
      ? placeOf(file)
      : path.posix.dirname(file).slice("app".length);
    const methods = exportedNames(file).filter((name) => METHODS.has(name));
    return methods.map((method) => ({ name: `${method} ${place}`, file, asks: gateNames(file) }));
  });

/** Every export of a file of actions, whatever it is: such a file makes each of them a POST endpoint. */
export const listActions = (): readonly Entry[] =>
  filesNamed(WORKSPACE_FOLDER, "actions.ts").flatMap((file) =>
    exportedNames(file).map((name) => ({
      name: `${placeOf(file).slice(1)}/${name}`,
      file,
      asks: callsOf(file, new Set(["workspaceAction"]), name),
    })),
  );

/** Files that make endpoints of functions by the directive, wherever it stands in them. */
export const listServerFiles = (): readonly string[] =>
  filesNamed(WORKSPACE_FOLDER, "").filter(
    (file) => /\.tsx?$/.test(file) && /["']use server["']/.test(readFileSync(file, "utf8")),
  );

function filesNamed(folder: string, name: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile() && (name === "" || entry.name === name))
    .map((entry) => path.posix.join(entry.parentPath, entry.name))
    .sort();
}

function sourceOf(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

function exportedNames(file: string): string[] {
  return sourceOf(file).statements.flatMap((statement) => {
    if (
      ts.isExportDeclaration(statement) &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    )
      return statement.exportClause.elements.map(({ name }) => name.text);
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? "default"];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    return [];
  });
}

const gateNames = (file: string) => callsOf(file, GATES);

/** The first text among the arguments of each call of these functions, within one variable where it is named. */
function callsOf(file: string, functions: ReadonlySet<string>, within?: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node, isInside: boolean): void => {
    const here = isInside || (ts.isVariableDeclaration(node) && node.name.getText() === within);
    if (here && ts.isCallExpression(node) && functions.has(node.expression.getText()))
      found.push(node.arguments.find(ts.isStringLiteral)?.text ?? "?");
    node.forEachChild((child) => visit(child, here));
  };
  visit(sourceOf(file), within === undefined);
  return found;
}
