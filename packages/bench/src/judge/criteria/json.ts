import { readJson } from '@agent-run/core'
import type { BenchCriterion } from '@agent-run/types'
import { compileJsonSchema } from '../../schema/json-schema.ts'
import { judgeInTime } from '../judge-in-time.ts'
import type { JudgedTrial } from '../judged-trial.ts'
import { met, missed, type Outcome } from '../outcome.ts'
import { counted, shown } from '../words.ts'
import { textOf } from './text.ts'

/** `json`: a JSON document, in a file or in the answer, is valid against a schema. */
export async function judgeJson(criterion: BenchCriterion, trial: JudgedTrial): Promise<Outcome> {
  const { place, content } = await textOf(criterion, trial)
  if ('problem' in content) return missed(`${place} ${content.problem}; expected JSON`, 'not_found')
  const { value: text } = content
  const read = criterion.of === undefined ? readJson(text) : readAnswer(text)
  if (!read.ok)
    return missed(`${place} holds no JSON (${read.finding.code}); expected it by the schema`, 'output_invalid')
  return judgeInTime(() => {
    const faults = compileJsonSchema(criterion.schema ?? {}).faults(read.value)
    const [first] = faults
    if (first === undefined) return met(`${place} is valid by the schema`)
    const where = first.path === '' ? 'at the root' : `at ${shown(first.path)}`
    const others = faults.length > 1 ? ` and ${counted(faults.length - 1, 'other fault')}` : ''
    return missed(`${place} is not valid by the schema: ${where} ${shown(first.message)}${others}`, 'output_invalid')
  })
}

/**
 * Models like to wrap their answer in words: if the whole of it is no JSON, its last fenced code block counts; without one, what
 * begins at the last line with a bracket, to the end of that line or of the answer.
 */
const readAnswer = (text: string): ReturnType<typeof readJson> => {
  const whole = readJson(text.trim())
  if (whole.ok) return whole
  const block = lastBlock(text)
  if (block !== undefined) return readJson(block)
  const lines = text.trimEnd().split(/\r?\n/)
  const at = lines.findLastIndex((line) => BRACKET.test(line))
  if (at < 0) return whole
  const line = readJson((lines[at] as string).replace(TICKS, ''))
  return line.ok ? line : readJson(lines.slice(at).join('\n'))
}

/** A line that begins with JSON, as code or not; and what makes it code. */
const BRACKET = /^`?[{[]/
const TICKS = /^`|`?\s*$/g

const FENCE = /^ {0,3}(`{3,}|~{3,})/

/** The content of the last code block that is closed. */
const lastBlock = (text: string): string | undefined => {
  let opened: { readonly fence: string; readonly lines: string[] } | undefined
  let last: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const fence = FENCE.exec(line)?.[1]
    if (opened === undefined) {
      if (fence !== undefined) opened = { fence, lines: [] }
    } else if (fence?.startsWith(opened.fence) && line.trim() === fence) {
      last = opened.lines.join('\n')
      opened = undefined
    } else opened.lines.push(line)
  }
  return last
}
