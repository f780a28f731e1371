import { AgentRunError } from '@agent-run/core'

/** A passphrase, or how to ask for it: called only if a key turns out to be encrypted. */
export type Passphrase = string | (() => string | undefined | Promise<string | undefined>)

/** Where a passphrase may come from. */
export interface PassphraseSource {
  readonly passphrase?: Passphrase
  /** Variables of the environment, as the caller gives them: `AGENT_RUN_PASSPHRASE` is looked at. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * The passphrase: the one given, else the one asked for, else the one of the environment. Empty counts as none.
 * @throws AgentRunError `key.passphrase_missing` for what is no text; it is never quoted
 */
export async function findPassphrase({ passphrase, env }: PassphraseSource): Promise<string | undefined> {
  const given: unknown = typeof passphrase === 'function' ? await passphrase() : passphrase
  const found: unknown = given || env?.AGENT_RUN_PASSPHRASE || undefined
  if (found === undefined) return undefined
  if (typeof found !== 'string')
    throw new AgentRunError('key.passphrase_missing', 'found a passphrase that is no text; expected a text')
  return found
}

/** The passphrase in normal form C (Unicode): keyboards and systems write the same text in different ways. */
export const normalPassphrase = (passphrase: string): string => passphrase.normalize('NFC')
