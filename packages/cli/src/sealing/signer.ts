import { readFileSync } from 'node:fs'
import type { Signer } from '@agent-run/core'
import { visibleName } from '@agent-run/core/text'
import { loadSigner } from '@agent-run/sdk/keys'
import { Failure } from '../failure.ts'
import { describeError } from '../input/system-error.ts'
import { askSecret } from './ask-secret.ts'
import { orFailure } from './core-errors.ts'

/** Where a passphrase comes from, as the command line says it. */
export interface PassphraseOptions {
  readonly passphraseFile?: string
}

/** The signer of a key file. Asks for the passphrase on a terminal. Throws `Failure`. */
export async function signerOf(keyFile: string, { passphraseFile }: PassphraseOptions): Promise<Signer> {
  return orFailure(() =>
    loadSigner(keyFile, {
      env: process.env,
      passphrase: () =>
        passphraseFile === undefined
          ? process.env['AGENT_RUN_PASSPHRASE'] === undefined
            ? askSecret(`Passphrase of ${visibleName(keyFile)}: `)
            : undefined
          : passphraseIn(passphraseFile),
    }),
  )
}

/** The first line of a file. Throws `Failure` if it cannot be read or is empty. */
export function passphraseIn(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Failure(`the passphrase file ${visibleName(file)} cannot be read: ${describeError(error)}`, {
      cause: error,
    })
  }
  const passphrase = text.split(/\r?\n/, 1)[0] as string
  if (passphrase === '') throw new Failure(`the passphrase file ${visibleName(file)} is empty`)
  return passphrase
}
