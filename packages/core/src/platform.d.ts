// The only things core takes from its platform. Browsers, workers and Node all have them; naming them here keeps the
// DOM's and Node's other globals out of reach.

interface TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, into: Uint8Array): { read: number; written: number }
}
declare const TextEncoder: { new (): TextEncoder }

interface TextDecoder {
  decode(bytes: Uint8Array): string
}
declare const TextDecoder: { new (label: string, options: { fatal: boolean; ignoreBOM: boolean }): TextDecoder }

declare function atob(base64: string): string
declare function btoa(binary: string): string

declare module 'node:crypto' {
  export function hash(algorithm: 'sha256', data: Uint8Array | string, encoding: 'hex' | 'binary'): string
  export function createHash(algorithm: 'sha256'): {
    update(data: Uint8Array): unknown
    digest(encoding: 'hex'): string
  }

  export interface KeyObject {
    export(options: { format: 'der'; type: 'spki' }): Uint8Array
  }
  export function createPublicKey(key: KeyObject | { key: Uint8Array; format: 'der'; type: 'spki' }): KeyObject
  export function createPrivateKey(key: { key: Uint8Array; format: 'der'; type: 'pkcs8' }): KeyObject
  export function sign(algorithm: null, data: Uint8Array, key: KeyObject): Uint8Array
  export function verify(algorithm: null, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean
  export function randomFillSync<T extends Uint8Array>(bytes: T): T
}
