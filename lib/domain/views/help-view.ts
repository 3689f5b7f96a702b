/** A way in which something can fail, with a page of its own in the help. */
export interface ErrorTopic {
  /** Names the page: /help/errors/{kind}. */
  readonly kind: string;
  /** record: one record waits. connection: a call to one of the two systems failed. */
  readonly area: "record" | "connection";
  readonly title: string;
  /** What the screen says, with an example's names. */
  readonly says: string;
  readonly why: string;
  readonly remedy: string;
  /** What Tieout does by itself meanwhile. */
  readonly meanwhile: string;
}

/** Path of a cause's page, below the workspace's address. */
export const errorTopicPath = (slug: string, kind: string): string =>
  `/${slug}/help/errors/${encodeURIComponent(kind)}`;
