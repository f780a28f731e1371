import { toDsse, toInToto } from '@agent-run/core'
import { exit, Failure } from '../failure.ts'
import { refuseToReplace } from '../terminal/output.ts'
import { orFailure } from './core-errors.ts'
import { type PassphraseOptions, signerOf } from './signer.ts'
import { oneRecord } from './values.ts'
import { writeValues } from './write-result.ts'

/** Options of `agent-run attest`, as the command line gives them. */
export interface AttestOptions extends PassphraseOptions {
  readonly dsse?: boolean
  readonly inToto?: boolean
  readonly key?: string
  readonly output?: string
}

/** Writes a sealed record's signature in the form other tools know. Returns the exit code. Throws `Failure`. */
export async function runAttest(name: string, options: AttestOptions): Promise<number> {
  const { dsse, inToto, key, output } = options
  if (dsse === inToto) throw new Failure('say which form: --dsse or --in-toto')
  refuseToReplace(output, [name, key, options.passphraseFile])
  const { run } = await oneRecord(name)
  const envelope = await orFailure(async () => {
    if (dsse) return toDsse('run', { ...run })
    if (key === undefined) throw new Failure('an in-toto statement is signed anew: give --key')
    return toInToto(run, await signerOf(key, options))
  })
  await writeValues([envelope], output === undefined ? {} : { output })
  return exit.clean
}
