/**
 * Reads step functions from their source and tells which of the options are missing that decide how a failure ends:
 * how often it is tried, how many run at once, and who is told. The SDK has a silent default for each, and its own
 * documents disagree about one of them, so each function has to say what it means in its own file.
 */
import path from "node:path";
import ts from "typescript";

export type StepFunctionScan = { functionCount: number; problems: string[] };

const requiredOptions = ["id", "triggers", "retries", "concurrency", "onFailure"];

function isCreateFunction(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return node.expression.name.text === "createFunction";
}

/** The options as they are written: in the call itself, or in a constant of the same file. */
function findOptions(call: ts.CallExpression, source: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  const [first] = call.arguments;
  if (!first) return undefined;
  if (ts.isObjectLiteralExpression(first)) return first;
  if (!ts.isIdentifier(first)) return undefined;
  let found: ts.ObjectLiteralExpression | undefined;
  ts.forEachChild(source, function visit(node) {
    const named = ts.isVariableDeclaration(node) && node.name.getText() === first.text;
    if (named && node.initializer && ts.isObjectLiteralExpression(node.initializer)) found = node.initializer;
    ts.forEachChild(node, visit);
  });
  return found;
}

function checkCall(file: string, call: ts.CallExpression, source: ts.SourceFile): string[] {
  const options = findOptions(call, source);
  if (!options) return [`${file}: its options are not written out in this file`];
  const problems: string[] = [];
  if (options.properties.some(ts.isSpreadAssignment))
    problems.push(`${file}: spreads options from elsewhere`);
  for (const name of requiredOptions) {
    if (!options.properties.some((property) => property.name?.getText() === name)) {
      problems.push(`${file}: does not set ${name}`);
    }
  }
  const id = options.properties.find((property) => property.name?.getText() === "id");
  const expected = path.basename(file, ".ts");
  if (id && ts.isPropertyAssignment(id) && ts.isStringLiteralLike(id.initializer)) {
    if (id.initializer.text !== expected) problems.push(`${file}: its id is "${id.initializer.text}"`);
  }
  return problems;
}

/** Scans one file's text; `file` is its path. A file that creates no function is left alone. */
export function scanStepFunctions(file: string, text: string): StepFunctionScan {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const calls: ts.CallExpression[] = [];
  ts.forEachChild(source, function visit(node) {
    if (isCreateFunction(node)) calls.push(node);
    ts.forEachChild(node, visit);
  });
  const problems = calls.flatMap((call) => checkCall(file, call, source));
  if (calls.length > 1) problems.push(`${file}: creates ${calls.length} functions; one file, one function`);
  return { functionCount: calls.length, problems };
}
