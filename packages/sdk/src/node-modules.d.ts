// The only things the SDK takes from Node, in the rooms journal-file, keys, prices, runtime and spool. Naming them here keeps the rest out of reach.

declare module 'node:fs' {
  export interface Stats {
    readonly mode: number
    readonly size: number
    isFile(): boolean
  }
  /** Flags of open(2); Windows lacks some. */
  export const constants: Readonly<
    Record<'O_RDONLY' | 'O_WRONLY' | 'O_APPEND', number> & Partial<Record<'O_NOFOLLOW' | 'O_NONBLOCK', number>>
  >
  export function openSync(path: string, flags: string | number, mode?: number): number
  export function fchmodSync(descriptor: number, mode: number): void
  export function readlinkSync(path: string): string
  export const realpathSync: { native(path: string): string }
  export function closeSync(descriptor: number): void
  export function writeSync(descriptor: number, data: Uint8Array, offset: number, length: number): number
  export function fstatSync(descriptor: number): Stats
  export function ftruncateSync(descriptor: number, length: number): void
  export function fsyncSync(descriptor: number): void
  export function fdatasync(descriptor: number, done: (error: Error | null) => void): void
  export function readSync(
    descriptor: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): number
  export function readdirSync(path: string): string[]
  export function lstatSync(path: string, options: { throwIfNoEntry: false }): Stats | undefined
  export function readFileSync(from: string | number | URL): Uint8Array
  export function mkdirSync(path: string, options: { mode: number }): void
  export function statSync(path: string): Stats & { isDirectory(): boolean }
  export function renameSync(from: string, to: string): void
  export function linkSync(existing: string, created: string): void
  export function unlinkSync(path: string): void
}

declare module 'node:async_hooks' {
  /** Carries a value along asynchronous work. */
  export class AsyncLocalStorage<T> {
    run<R>(store: T, work: () => R): R
    getStore(): T | undefined
  }
}

declare module 'node:path' {
  export const sep: '/' | '\\'
  export function join(...parts: string[]): string
  /** The folder of the process, for an empty path. */
  export function resolve(path: string): string
  export function dirname(path: string): string
  export function basename(path: string): string
}

declare module 'node:crypto' {
  export interface KeyObject {
    readonly asymmetricKeyType?: string
    export(options: { format: 'der'; type: 'pkcs8' }): Uint8Array
  }
  export interface Cipher {
    update(data: Uint8Array): Uint8Array
    final(): Uint8Array
  }
  export function createPrivateKey(key: { key: string; format: 'pem'; passphrase: string }): KeyObject
  export function pbkdf2Sync(
    passphrase: string,
    salt: Uint8Array,
    iterations: number,
    length: number,
    digest: 'sha256',
  ): Uint8Array
  export function createCipheriv(algorithm: 'aes-256-cbc', key: Uint8Array, iv: Uint8Array): Cipher
  export function randomFillSync<T extends Uint8Array>(bytes: T): T
}

declare const process: {
  readonly pid: number
  readonly env?: Readonly<Record<string, string | undefined>>
  kill(pid: number, signal: 0): void
}

interface ImportMeta {
  resolve(specifier: string): string
}
