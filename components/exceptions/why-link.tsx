"use client";

import Link from "next/link";
import { errorTopicPath } from "@/lib/domain/views/help-view";
import { useDesk } from "./exception-desk";

/** To the page of the help about a cause. */
export function WhyLink({ cause, about }: { cause: string; about: string }) {
  const { slug } = useDesk();
  return (
    <Link
      href={errorTopicPath(slug, cause)}
      className="whitespace-nowrap text-primary underline underline-offset-4"
    >
      Why is that?<span className="sr-only"> {about}</span>
    </Link>
  );
}
