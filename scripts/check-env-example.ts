/**
 * Holds .env.example to the names that lib/env.ts reads: a setting that is missing there is found by whoever deploys
 * next, and a name that nothing reads misleads. Values are not judged. Pure.
 */

/** The names that the example sets or shows commented out, in order. */
export function listExampleNames(text: string): string[] {
  return text
    .split("\n")
    .map((line) => /^#?\s?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1])
    .filter((name) => name !== undefined);
}

/** What is wrong with the example, one sentence each; empty when it names exactly what is read. */
export function checkEnvExample(text: string, names: readonly string[]): string[] {
  const shown = listExampleNames(text);
  const twice = shown.filter((name, index) => shown.indexOf(name) !== index);
  return [
    ...names.filter((name) => !shown.includes(name)).map((name) => `${name} is read and not in .env.example`),
    ...shown
      .filter((name) => !names.includes(name))
      .map((name) => `${name} is in .env.example and never read`),
    ...twice.map((name) => `${name} stands twice in .env.example`),
  ];
}
