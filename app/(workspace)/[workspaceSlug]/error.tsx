"use client";

import { PageError, type PageErrorProps } from "@/app/_components/page-error";

export default function SegmentError(props: PageErrorProps) {
  return <PageError {...props} />;
}
