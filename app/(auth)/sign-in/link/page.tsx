import type { Metadata } from "next";
import { parseReturnPath } from "@/app/_access/return-path";
import { PublicFrame } from "@/app/_components/public-frame";
import { NarrowCard } from "../../_components/narrow-card";
import { LinkButton } from "./link-button";

export const metadata: Metadata = { title: "Sign in", referrer: "no-referrer" };

/** Where a mailed link leads. Opening it does nothing: mail scanners open links, and only a press counts. */
export default async function LinkPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[]; to?: string | string[] }>;
}) {
  const { token, to } = await searchParams;
  return (
    <PublicFrame>
      <NarrowCard title="Sign in to Tieout" sentence="One press uses the link. It is good once.">
        <LinkButton token={typeof token === "string" ? token : ""} returnPath={parseReturnPath(to)} />
      </NarrowCard>
    </PublicFrame>
  );
}
