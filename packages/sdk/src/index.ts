export * from './client/index.ts'
export { inferEffects } from './effects/index.ts'
export { type Lock, lockFile, makeFolder } from './journal-file/index.ts'
export {
  type CreateKeyOptions,
  createKeyFile,
  type KeyFormat,
  loadSigner,
  type Passphrase,
  type PassphraseSource,
} from './keys/index.ts'
export * from './recorder/index.ts'
export { createSpool, type Delivered, type Kept, type Settled, type Spool, type SpoolOptions } from './spool/index.ts'
