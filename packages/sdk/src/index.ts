export {
  type CreateKeyOptions,
  createKeyFile,
  type KeyFormat,
  loadSigner,
  type Passphrase,
  type PassphraseSource,
} from './keys/index.ts'
export * from './recorder/index.ts'
