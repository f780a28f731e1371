/** A passphrase, or how to ask for it: called only if a key turns out to be encrypted. */
export type Passphrase = string | (() => string | undefined | Promise<string | undefined>)

/** Where a passphrase may come from. */
export interface PassphraseSource {
  readonly passphrase?: Passphrase
  /** Variables of the environment, as the caller gives them: `AGENT_RUN_PASSPHRASE` is looked at. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** The passphrase: the one given, else the one asked for, else the one of the environment. Empty counts as none. */
export async function findPassphrase({ passphrase, env }: PassphraseSource): Promise<string | undefined> {
  const given = typeof passphrase === 'function' ? await passphrase() : passphrase
  return given || env?.AGENT_RUN_PASSPHRASE || undefined
}
