import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "@/scripts/run-command";
import { scanPages } from "./page-boundaries";

const workspace = "app/(workspace)/[workspaceSlug]";

describe("scanPages", () => {
  it("accepts pages whose boundaries stand beside or above them", () => {
    const files = [
      "app/error.tsx",
      "app/(public)/pricing/page.tsx",
      `${workspace}/error.tsx`,
      `${workspace}/loading.tsx`,
      `${workspace}/runs/page.tsx`,
      `${workspace}/records/[id]/page.tsx`,
    ];
    expect(scanPages(files)).toEqual({ pageCount: 3, problems: [] });
  });

  it("reports a page without any error boundary", () => {
    expect(scanPages(["app/(public)/pricing/page.tsx"]).problems).toEqual([
      "app/(public)/pricing/page.tsx: no error.tsx beside or above it",
    ]);
  });

  it("takes the top's boundary for none of a workspace's", () => {
    const files = ["app/error.tsx", "app/loading.tsx", `${workspace}/runs/page.tsx`];
    expect(scanPages(files).problems).toEqual([
      `${workspace}/runs/page.tsx: no error.tsx beside or above it`,
      `${workspace}/runs/page.tsx: no loading.tsx beside or above it`,
    ]);
  });

  it("takes a sibling page's boundary for none of its neighbour's", () => {
    const files = [
      `${workspace}/error.tsx`,
      `${workspace}/runs/loading.tsx`,
      `${workspace}/runs/page.tsx`,
      `${workspace}/team/page.tsx`,
    ];
    expect(scanPages(files).problems).toEqual([
      `${workspace}/team/page.tsx: no loading.tsx beside or above it`,
    ]);
  });
});

const appFiles = fs.existsSync(path.join(projectRoot, "app"))
  ? fs
      .readdirSync(path.join(projectRoot, "app"), { recursive: true })
      .map((name) => `app/${String(name).replaceAll("\\", "/")}`)
  : [];
if (appFiles.some((file) => file.endsWith("/page.tsx"))) {
  it("every page of this project has something to show while it loads and when it fails", () => {
    const { pageCount, problems } = scanPages(appFiles);
    expect(problems).toEqual([]);
    expect(pageCount).toBeGreaterThan(0);
  });
}
