import type { Adapter } from '../../conversion/adapter.ts'
import { about } from './about.ts'
import { convertInspect } from './convert.ts'
import { recognises } from './recognise.ts'

export { convertInspect } from './convert.ts'

/** Converts eval logs of Inspect AI. */
export const inspectAdapter: Adapter = { ...about, recognises, convert: convertInspect }
