export { type CreateKeyOptions, createKeyFile, type KeyFormat, loadSigner } from './key-file.ts'
export type { Passphrase, PassphraseSource } from './passphrase.ts'
