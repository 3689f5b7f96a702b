/**
 * Where the official descriptions lie. They are third-party text and no part of the project: TIEOUT_REFERENCE_DIR
 * names the folder. Without it the tests that need them are left out with one line; set but unreadable fails.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { invariant } from "@/lib/kernel/invariant";

const dir = process.env.TIEOUT_REFERENCE_DIR;

/** Whether the descriptions can be had; says on one line what is left out where they cannot. */
export function hasReference(what: string): boolean {
  if (dir === undefined || dir === "") {
    process.stdout.write(`left out without TIEOUT_REFERENCE_DIR: ${what}\n`);
    return false;
  }
  return true;
}

/** A description by its path below specs/, parsed. */
export function readDescription(path: string): unknown {
  const file = pathOf(path);
  const text = readFileSync(file, "utf8");
  return file.endsWith(".json") ? JSON.parse(text) : parse(text);
}

/** The files of a folder below specs/ with that ending, in order of their names. */
export function listDescriptions(folder: string, ending: string): string[] {
  return readdirSync(pathOf(folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** The text of a description, to look for words in. */
export function readDescriptionText(path: string): string {
  return readFileSync(pathOf(path), "utf8");
}

function pathOf(path: string): string {
  invariant(dir !== undefined && dir !== "", "the descriptions are asked for where they were left out");
  const file = join(dir, "specs", path);
  invariant(existsSync(file), `${file} must be readable`);
  return file;
}
