import { type ErrorCode, errorCodes } from '../generated/error-codes.ts'

/** What a code means and what to do about it; undefined for one that `spec/errors.md` does not list. */
export const explanationOf = (code: string): ErrorCode | undefined =>
  Object.hasOwn(errorCodes, code) ? errorCodes[code] : undefined
