import type { CodeCase } from './code-case.ts'
import { cutCases } from './cut.ts'
import { parallelCases } from './parallel.ts'
import { rateCases } from './rate.ts'
import { streamCases } from './stream.ts'

/** The cases that are programs, as `conformance/cases/http/code.json` lists them. */
export const codeCases: readonly CodeCase[] = [...cutCases, ...parallelCases, ...streamCases, ...rateCases].map(
  (each) => ({ ...each, id: `http/code/${each.name}` }),
)
