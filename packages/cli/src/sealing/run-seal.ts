import { AgentRunError, protect, type Signer, sealBatch, sealRun } from '@agent-run/core'
import { count, visible, visibleName } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import { exit, Failure } from '../failure.ts'
import { safeJson } from '../format/safe-json.ts'
import { expandArguments } from '../input/expand.ts'
import type { Source } from '../input/source.ts'
import { outputTo, refuseToReplace } from '../terminal/output.ts'
import { hasUnsignedEval, signEval } from './sign-eval.ts'
import { type PassphraseOptions, signerOf } from './signer.ts'
import { isWrittenAsDocument, readValues } from './values.ts'
import { replaceFile } from './write-result.ts'

/** Options of `agent-run seal`, as the command line gives them. */
export interface SealOptions extends PassphraseOptions {
  readonly key?: string
  readonly output?: string
  readonly inPlace?: boolean
  readonly protect?: boolean
  readonly batch?: boolean
  /** Whether to sign the embedded evaluations too. */
  readonly eval?: boolean
  readonly at?: string
}

/** Seals the records of the inputs. Returns the exit code. Throws `Failure` if the job cannot be begun. */
export async function runSeal(inputs: readonly string[], options: SealOptions): Promise<number> {
  const { key, output, inPlace, batch } = options
  if (inPlace && output !== undefined) throw new Failure('--in-place and --output exclude each other')
  if (batch && key === undefined) throw new Failure('--batch needs a --key: one signature stands for all records')
  if (options.eval && key === undefined)
    throw new Failure('--eval needs a --key: an evaluation counts by its signature')
  const { sources, unusable } = expandArguments(inputs)
  for (const { name, problem } of unusable)
    process.stderr.write(`agent-run: ${visibleName(name)}: ${problem.message}\n`)
  if (inPlace && sources.some(({ path }) => path === undefined))
    throw new Failure('standard input cannot be sealed in place')
  const signer = key === undefined ? undefined : await signerOf(key, options)
  const tally: Tally = { sealed: 0, refused: 0, evals: 0, unsignedEvals: 0 }
  if (inPlace) {
    for (const source of sources) {
      const texts: string[] = []
      const before = tally.refused
      await sealSource(source, signer, options, tally, async (text) => void texts.push(text))
      // A file is replaced by what is complete or not at all.
      if (tally.refused === before) replaceFile(source.path as string, texts.join(''))
    }
  } else {
    refuseToReplace(output, [options.key, ...sources.map(({ path }) => path)])
    const sink = outputTo(output)
    const toTerminal = (output === undefined || output === '-') && process.stdout.isTTY === true
    const several = sources.length > 1
    for (const source of sources)
      await sealSource(source, signer, { ...options, several, toTerminal }, tally, (text) => sink.write(text))
    // Where nothing could be sealed, a file with nothing in it is of no use: what stood there stays.
    if (tally.sealed > 0) await sink.close()
  }
  const by = signer === undefined ? ', but not signed: the level sealed needs a --key' : ` with ${signer.did}`
  const evals =
    tally.evals === 0 ? '' : `, and ${count(tally.evals, 'evaluation')} in ${tally.sealed === 1 ? 'it' : 'them'} signed`
  process.stderr.write(`${count(tally.sealed, 'record')} sealed${by}${evals}\n`)
  if (signer !== undefined && tally.unsignedEvals > 0)
    process.stderr.write(
      `${count(tally.unsignedEvals, 'evaluation')} left without a signature: the seal does not cover it, and nobody has to believe it (--eval signs it as your judgement)\n`,
    )
  if (unusable.length > 0 || tally.sealed + tally.refused === 0) return exit.failure
  return tally.refused > 0 ? exit.findings : exit.clean
}

interface Tally {
  sealed: number
  refused: number
  /** Evaluations that were signed, and those that were not. */
  evals: number
  unsignedEvals: number
}

interface Appearing extends SealOptions {
  /** Whether other inputs go to the same place. */
  readonly several?: boolean
  readonly toTerminal?: boolean
}

const sealSource = async (
  source: Source,
  signer: Signer | undefined,
  options: Appearing,
  tally: Tally,
  write: (text: string) => Promise<void>,
): Promise<void> => {
  const at = options.at ?? new Date().toISOString()
  const indent = !options.several && !options.batch && isWrittenAsDocument(source) ? 2 : undefined
  const put = (value: unknown): Promise<void> =>
    write(`${options.toTerminal ? safeJson(value, indent) : JSON.stringify(value, null, indent)}\n`)
  const batch: AgentRun[] = []
  for await (const { value, sort, line } of readValues(source)) {
    if (sort !== 'record') {
      await put(value)
      continue
    }
    try {
      const run = options.protect ? protect(value as AgentRun) : (value as AgentRun)
      const signing = options.batch ? { signedBy: signer?.did as string } : signer === undefined ? {} : { signer }
      const record = await sealRun(run, { at, ...signing })
      const judged = hasUnsignedEval(record)
      const sealed = judged && options.eval && signer !== undefined ? await signEval(record, signer, at) : record
      tally.sealed++
      if (judged) tally[sealed === record ? 'unsignedEvals' : 'evals']++
      if (options.batch) batch.push(sealed)
      else await put(sealed)
    } catch (error) {
      if (!(error instanceof AgentRunError)) throw error
      tally.refused++
      process.stderr.write(
        `agent-run: ${visibleName(source.name)}:${line}: not sealed: ${visible(error.message)} [${error.code}]\n`,
      )
    }
  }
  if (batch.length === 0 || signer === undefined) return
  const { statement, proofs } = await sealBatch(batch, signer, at)
  await put(statement)
  for (const [index, run] of batch.entries()) {
    await put(run)
    await put(proofs[index])
  }
}
