import { documentHash, erase, isSealed, privateStates, signObject } from '@agent-run/core'
import { count, visible } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import { exit, Failure } from '../failure.ts'
import { refuseToReplace } from '../terminal/output.ts'
import { orFailure } from './core-errors.ts'
import { stepIndex } from './run-prove.ts'
import { type PassphraseOptions, signerOf } from './signer.ts'
import { oneRecord, oneSource } from './values.ts'
import { replaceFile, writeValues } from './write-result.ts'

/** Options of `agent-run redact`, as the command line gives them. */
export interface RedactOptions extends PassphraseOptions {
  readonly step: readonly string[]
  readonly pointer: readonly string[]
  readonly all?: boolean
  readonly key?: string
  readonly reason?: string
  readonly at?: string
  readonly output?: string
  readonly inPlace?: boolean
}

/** Erases private content; seals stay valid. Returns the exit code. Throws `Failure`. */
export async function runRedact(name: string, options: RedactOptions): Promise<number> {
  const { key, output, inPlace } = options
  if (inPlace && output !== undefined) throw new Failure('--in-place and --output exclude each other')
  refuseToReplace(output, [name, key, options.passphraseFile])
  const { run, others } = await oneRecord(name)
  const pointers = pointersOf(run, options)
  const { run: erased, private_hashes: hashes } = await orFailure(() => erase(run, pointers))
  const values: unknown[] = [erased, ...others]
  if (key === undefined) {
    process.stderr.write(`${count(hashes.length, 'object')} erased; without --key nobody says who did it, and why\n`)
  } else {
    const signer = await signerOf(key, options)
    const statement = {
      kind: 'tombstone',
      about: aboutOf(erased),
      at: options.at ?? new Date().toISOString(),
      body: { private_hashes: hashes, ...(options.reason === undefined ? {} : { reason: options.reason }) },
    }
    values.push(await orFailure(() => signObject('statement', statement, signer)))
    process.stderr.write(`${count(hashes.length, 'object')} erased, with a tombstone signed by ${signer.did}\n`)
  }
  if (inPlace) {
    const { path } = oneSource(name)
    if (path === undefined) throw new Failure('standard input cannot be redacted in place')
    const indent = values.length === 1 ? 2 : undefined
    replaceFile(path, values.map((value) => `${JSON.stringify(value, null, indent)}\n`).join(''))
  } else await writeValues(values, output === undefined ? {} : { output })
  return exit.clean
}

const aboutOf = (run: AgentRun): string => {
  const stated = run.provenance.record_hash
  return isSealed(run) && typeof stated === 'string' ? stated : documentHash(run)
}

/** Which objects are meant. Throws `Failure` if they are none, or cannot be erased. */
const pointersOf = (run: AgentRun, { step, pointer, all }: RedactOptions): string[] => {
  const states = privateStates(run)
  const erasable = states.filter(({ state }) => state === 'whole').map(({ path }) => path)
  if (erasable.length === 0) {
    throw new Failure(
      states.length === 0
        ? 'nothing here can be erased: no object has a private_hash (agent-run seal --protect gives them)'
        : 'nothing here is left to erase',
    )
  }
  if (all) return erasable
  const roots = [...step.map((id) => `/steps/${stepIndex(run, id)}`), ...pointer]
  if (roots.length === 0) throw new Failure('say what to erase: --step, --pointer or --all')
  return roots.flatMap((root) => {
    const within = erasable.filter((path) => path === root || path.startsWith(`${root}/`))
    if (within.length === 0) throw new Failure(`${visible(root) || 'the run'} holds nothing that can be erased`)
    return within
  })
}
