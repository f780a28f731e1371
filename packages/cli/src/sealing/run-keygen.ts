import { visibleName } from '@agent-run/core/text'
import { createKeyFile } from '@agent-run/sdk/keys'
import { exit, Failure } from '../failure.ts'
import { askSecret } from './ask-secret.ts'
import { orFailure } from './core-errors.ts'
import { type PassphraseOptions, passphraseIn, signerOf } from './signer.ts'

/** Options of `agent-run keygen`, as the command line gives them. */
export interface KeygenOptions extends PassphraseOptions {
  readonly output: string
  readonly format: 'pem' | 'jwk'
  readonly passphrase: boolean
  readonly identity: string
  /** File of a key that there is already. */
  readonly existing?: string
  readonly role?: readonly string[]
}

/** Makes a key file; prints a trust file that names the key. Returns the exit code. Throws `Failure`. */
export async function runKeygen(options: KeygenOptions): Promise<number> {
  const { output, format, existing } = options
  if (existing !== undefined) {
    const { did } = await signerOf(existing, options)
    process.stdout.write(trustFile(did, options))
    return exit.clean
  }
  const passphrase = await newPassphrase(options)
  const { did } = await orFailure(() =>
    createKeyFile(output, passphrase === undefined ? { format } : { format: 'encrypted_pem', passphrase }),
  )
  process.stdout.write(trustFile(did, options))
  const kept = passphrase === undefined ? 'not encrypted: keep it where nobody else can read' : 'encrypted'
  process.stderr.write(
    `${did}\nThe private key is in ${visibleName(output)} (mode 0600, ${kept}). Above is a trust file: who has it can check what this key signs.\n`,
  )
  return exit.clean
}

const trustFile = (key: string, { identity, role: roles = ['recorder'] }: KeygenOptions): string =>
  `${JSON.stringify({ agent_run_trust: '1.0', keys: [{ key, identity, roles }] }, null, 2)}\n`

const newPassphrase = async ({ format, passphrase, passphraseFile }: KeygenOptions): Promise<string | undefined> => {
  const given = passphraseFile === undefined ? process.env['AGENT_RUN_PASSPHRASE'] : passphraseIn(passphraseFile)
  if (format === 'jwk' && passphrase)
    throw new Failure('a JWK cannot be encrypted: add --no-passphrase, or leave --format jwk out')
  if (!passphrase) {
    if (passphraseFile !== undefined) throw new Failure('--no-passphrase and --passphrase-file exclude each other')
    return undefined
  }
  const choose =
    'say --passphrase-file, set AGENT_RUN_PASSPHRASE, or say --no-passphrase for a key that is not encrypted'
  if (given === '') throw new Failure(`the passphrase is empty; no key was made: ${choose}`)
  if (given !== undefined) return given
  const asked = await askSecret('Passphrase for the new key: ')
  if (asked === undefined)
    throw new Failure(`there is no terminal to ask for a passphrase on; no key was made: ${choose}`)
  if (asked === '') throw new Failure(`the passphrase is empty; no key was made: ${choose}`)
  if ((await askSecret('The same again: ')) !== asked) throw new Failure('the two are not the same; no key was made')
  return asked
}
