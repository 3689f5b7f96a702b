/**
 * Tells which pages would leave a person with a blank screen: every page needs an error boundary, and every page of
 * a workspace also something to show while it loads, since it waits for the database. A boundary counts when it
 * stands beside the page or above it, as Next.js itself applies it; one at the very top does not stand in for a
 * workspace's own, because it would replace the workspace's navigation as well. Pure.
 */

const workspaceGroup = "app/(workspace)/";

function foldersUpwards(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
}

function hasBoundary(page: string, boundary: string, files: Set<string>): boolean {
  return foldersUpwards(page)
    .filter((folder) => !page.startsWith(workspaceGroup) || `${folder}/`.startsWith(workspaceGroup))
    .some((folder) => files.has(`${folder}/${boundary}`));
}

/** The pages among `files` (paths that begin with app/), and what is missing, one sentence each. */
export function scanPages(files: string[]): { pageCount: number; problems: string[] } {
  const all = new Set(files);
  const pages = files.filter((file) => /^app\/(.*\/)?page\.tsx$/.test(file)).sort();
  const problems: string[] = [];
  for (const page of pages) {
    if (!hasBoundary(page, "error.tsx", all)) problems.push(`${page}: no error.tsx beside or above it`);
    if (!page.startsWith(workspaceGroup)) continue;
    if (!hasBoundary(page, "loading.tsx", all)) problems.push(`${page}: no loading.tsx beside or above it`);
  }
  return { pageCount: pages.length, problems };
}
