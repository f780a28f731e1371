/**
 * Whether a header is one tag without its quotes, as the receipt has it: what is meant is plain, so it is taken.
 */
const BARE = /^sha256:[0-9a-f]{64}$/

/**
 * Whether a list of entity tags names this one: If-None-Match, If-Match (RFC 9110). A weak tag names it too: the octets
 * behind it are these or others, nothing between.
 * @param header `*`, or tags in quotes, separated by commas, or one digest without quotes as receipts have it
 * @param etag digest without quotes
 */
export const matchesEtag = (header: string, etag: string): boolean =>
  header.trim() === '*' ||
  (BARE.test(header.trim()) && header.trim() === etag) ||
  [...header.matchAll(/"([^"]*)"/g)].some(([, tag]) => tag === etag)
