/**
 * A sentence from a redirect to the page it ends on. A cookie of a few seconds, since a text in the address could be
 * written by anyone.
 */
export const NOTICE_COOKIE = "tieout-notice";
export const NOTICE_SECONDS = 20;
