import { readJson } from '@agent-run/core'
import { count, grouped, visible, visibleName } from '@agent-run/core/text'
import { type Client, RequestError } from '@agent-run/sdk/client'
import type { EvalResult } from '@agent-run/types'
import { exit, Failure } from '../failure.ts'
import { readDocuments } from '../input/documents.ts'
import { expandArguments } from '../input/expand.ts'
import { sortOf } from '../input/line-sort.ts'
import type { Source } from '../input/source.ts'
import { asking } from '../querying/asking.ts'
import { connect } from '../server/connect.ts'
import type { ServerOptions } from '../server/server-options.ts'

/** Options of `agent-run send`, as the command line gives them. */
export interface SendOptions extends ServerOptions {
  readonly maxSize: number
  readonly quiet?: boolean
}

interface Tally {
  stored: number
  known: number
  refused: number
  evals: number
  passedOver: number
}

/** Where a record stands, and its id as far as it can be read. */
interface Place {
  readonly at: string
  readonly id: string | undefined
}

interface WaitingEval extends Place {
  readonly judgement: EvalResult
}

/** Sends the records in the inputs, then the evaluations. Returns the exit code. Throws `Failure` if the server cannot be asked. */
export async function runSend(inputs: readonly string[], options: SendOptions): Promise<number> {
  const client = connect(options)
  const { sources, unusable } = expandArguments(inputs)
  const tally: Tally = { stored: 0, known: 0, refused: 0, evals: 0, passedOver: 0 }
  const state = { isIncomplete: unusable.length > 0 }
  for (const { name, problem } of unusable) complain(`${visibleName(name)}: ${visible(problem.message)}`)
  const evals: WaitingEval[] = []
  const places: Place[] = []
  const records = recordsIn(sources, options.maxSize, { places, evals, tally, state })
  try {
    await asking(async () => {
      for await (const { line, status, problem } of client.postRuns(records)) {
        const place = places[line - 1] as Place
        delete places[line - 1]
        if (problem === undefined) status === 201 ? tally.stored++ : tally.known++
        else refuse(tally, place, problem)
      }
    })
    for (const each of evals) await sendEval(client, each, tally)
  } finally {
    if (!options.quiet) complain(summaryOf(tally))
  }
  if (state.isIncomplete) return exit.failure
  if (tally.stored + tally.known + tally.refused + tally.evals === 0) {
    complain('nothing to send: no record in the inputs')
    return exit.failure
  }
  return tally.refused > 0 ? exit.findings : exit.clean
}

interface Gathered {
  readonly places: Place[]
  readonly evals: WaitingEval[]
  readonly tally: Tally
  readonly state: { isIncomplete: boolean }
}

/** The records, one after the other; what else stands among them is kept or counted. */
async function* recordsIn(
  sources: readonly Source[],
  maxSize: number,
  { places, evals, tally, state }: Gathered,
): AsyncGenerator<Uint8Array> {
  for (const source of sources) {
    const name = visibleName(source.name)
    for await (const item of readDocuments(source, { maxSize })) {
      if (item.kind === 'problem') {
        if (item.problem.severity === 'warning') continue
        complain(`${name}:${item.problem.line}: ${visible(item.problem.message)}`)
        state.isIncomplete = true
        continue
      }
      const at = `${name}:${item.line}`
      const read = readJson(item.bytes)
      if (!read.ok) {
        refuse(tally, { at, id: undefined }, { title: read.finding.message, code: read.finding.code })
        continue
      }
      const sort = sortOf(read.value)
      const id = idOf(read.value, sort === 'eval' ? 'run_id' : 'id')
      if (sort === 'record') {
        places.push({ at, id })
        // The bytes are reused for the next record, and this one waits for its batch.
        yield Uint8Array.from(item.bytes)
      } else if (sort === 'eval') evals.push({ at, id, judgement: read.value as unknown as EvalResult })
      else tally.passedOver++
    }
  }
}

const idOf = (value: unknown, member: string): string | undefined => {
  const id = (value as Readonly<Record<string, unknown>> | null)?.[member]
  return typeof id === 'string' ? id : undefined
}

const sendEval = async (client: Client, { id, at, judgement }: WaitingEval, tally: Tally): Promise<void> => {
  if (id === undefined) {
    refuse(tally, { at, id }, { title: 'the evaluation names no run (run_id)' })
    return
  }
  try {
    await client.putEval(id, judgement)
    tally.evals++
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    if (error.problem === undefined) throw new Failure(`the server: ${visible(error.message)}`, { cause: error })
    refuse(tally, { at, id }, error.problem)
  }
}

interface Refusal {
  readonly title: string
  readonly code?: string
  readonly detail?: string
  readonly errors?: readonly { readonly pointer?: string; readonly message: string }[]
}

/** One line for what was not taken, with the first reason. */
const refuse = (tally: Tally, { at, id }: Place, { title, code, detail, errors = [] }: Refusal): void => {
  tally.refused++
  const [first] = errors
  const why = first === undefined ? detail : `${first.pointer ? `${first.pointer}: ` : ''}${first.message}`
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  const words = [title, why === title ? undefined : why].filter(Boolean).join(': ')
  process.stdout.write(
    `${at}: ${id === undefined ? '' : `${visible(id)}: `}${visible(words)}${more}${code === undefined ? '' : ` [${visible(code)}]`}\n`,
  )
}

const summaryOf = ({ stored, known, refused, evals, passedOver }: Tally): string =>
  [
    `${count(stored, 'record')} stored`,
    known > 0 ? `${grouped(known)} there already` : undefined,
    evals > 0 ? `${count(evals, 'evaluation')} attached` : undefined,
    `${grouped(refused)} refused`,
    passedOver > 0 ? `${grouped(passedOver)} other lines not sent` : undefined,
  ]
    .filter(Boolean)
    .join(', ')

const complain = (text: string): void => {
  process.stderr.write(`agent-run: ${text}\n`)
}
