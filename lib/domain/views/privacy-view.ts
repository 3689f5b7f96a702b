/** What is held of one person, in counts that a person understands. */
export interface PersonView {
  /** Names the person for the export and for erasing. */
  readonly key: string;
  readonly name: string;
  readonly email: string;
  /** The systems that have them, such as "Zoho Books and Xero". */
  readonly where: string;
  readonly counts: readonly PersonCount[];
  /** ISO instant; null where the details stand here still. */
  readonly erasedAt: string | null;
  /** Why they cannot be erased now, in a sentence; null where they can. */
  readonly whyNot: string | null;
}

export interface PersonCount {
  readonly what: string;
  readonly count: number;
}

export interface PeopleFound {
  readonly people: readonly PersonView[];
  /** True where more were found than are shown. */
  readonly hasMore: boolean;
  /** Day on which somebody of that e-mail address was erased here; null where nobody was. */
  readonly erasedBefore: string | null;
}

/** The page about privacy, for administrators and the owner. */
export interface PrivacyView {
  readonly masksBookkeepers: boolean;
  /** ISO instant until which the operator's people may look in; null where they may not. */
  readonly supportUntil: string | null;
  /** ISO instant; null where nobody asked for it. */
  readonly deletionDueAt: string | null;
  /** What is to be done before the workspace can be deleted, in a sentence; null where nothing is. */
  readonly whyNotDeleted: string | null;
}

/** What stands at the head of every page while it is so. */
export interface WorkspaceNotices {
  readonly supportUntil: string | null;
  readonly deletionDueAt: string | null;
  readonly stops: readonly PostingStopView[];
}

export interface PostingStopView {
  /** What it holds for, in words; null for all posting. */
  readonly what: string | null;
  readonly why: string;
}
