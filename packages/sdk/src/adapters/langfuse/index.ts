import type { Adapter } from '../../conversion/adapter.ts'
import { about } from './about.ts'
import { convertLangfuse } from './convert.ts'
import { recognises } from './recognise.ts'

export { convertLangfuse } from './convert.ts'

/** Converts traces exported from Langfuse. */
export const langfuseAdapter: Adapter = { ...about, recognises, convert: convertLangfuse }
