import { canonicalize } from '@agent-run/core'
import type { BenchTool, BenchToolAnswer } from '@agent-run/types'
import { inTime } from '../matching/in-time.ts'
import { compileJsonSchema, type SchemaCheck } from '../schema/json-schema.ts'

/** The prepared answers of the tools of one trial, and the state they leave behind. */
export interface AnswerBook {
  /** Takes the first answer that fits; it counts as given, and its state is set. `undefined`: none fits. */
  take(toolName: string, args: unknown): { readonly index: number; readonly answer: BenchToolAnswer } | undefined
  /** What is wrong with arguments by the tool's own `input_schema`: a JSON Pointer and words. */
  faults(toolName: string, args: unknown): readonly { readonly path: string; readonly message: string }[]
}

/**
 * Milliseconds for the schemas that a call is held against. They come from a pack, the arguments from a runtime: an expression
 * that backtracks for ever on a text that was made for it would hold up everything.
 */
const CALL_MS = 1_000

const TOO_LONG = [{ path: '', message: 'could not be checked in time' }]

interface Line {
  readonly answer: BenchToolAnswer
  readonly index: number
  readonly when: SchemaCheck | undefined
  given: number
}

/** Makes the book of a trial. @throws Error if a schema of it does not compile */
export function createAnswerBook(tools: readonly BenchTool[]): AnswerBook {
  const inputs = new Map(tools.map(({ name, input_schema }) => [name, compileJsonSchema(input_schema)]))
  const books = new Map(tools.map(({ name, answers }) => [name, linesOf(answers)]))
  const state = new Map<string, string>()
  const isIn = (wanted: BenchToolAnswer['state']): boolean =>
    Object.entries(wanted ?? {}).every(([name, value]) => state.get(name) === canonicalize(value))

  return {
    faults: (toolName, args) => inTime(() => inputs.get(toolName)?.faults(args) ?? [], CALL_MS)?.value ?? TOO_LONG,
    take(toolName, args) {
      const lines = books.get(toolName)
      if (lines === undefined) return { index: -1, answer: {} }
      const fits = ({ answer, when, given }: Line): boolean =>
        given < (answer.times ?? Infinity) && isIn(answer.state) && (when?.(args) ?? true)
      const line = inTime(() => lines.find(fits), CALL_MS)?.value
      if (line === undefined) return undefined
      line.given++
      for (const [name, value] of Object.entries(line.answer.sets ?? {})) state.set(name, canonicalize(value))
      return { index: line.index, answer: line.answer }
    },
  }
}

/** A tool without answers has no book: it answers everything with an empty object. */
const linesOf = (answers: BenchTool['answers']): Line[] | undefined =>
  answers?.map((answer, index) => ({
    answer,
    index,
    when: answer.when === undefined ? undefined : compileJsonSchema(answer.when),
    given: 0,
  }))
