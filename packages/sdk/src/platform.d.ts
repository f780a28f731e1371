// The only things the SDK's portable rooms take from their platform: browsers, workers and Node all have them.

declare global {
  interface TextEncoder {
    encode(text: string): Uint8Array<ArrayBuffer>
  }
  var TextEncoder: { new (): TextEncoder }

  interface TextDecoder {
    decode(bytes: Uint8Array): string
  }
  var TextDecoder: { new (label: string, options: { fatal: boolean; ignoreBOM: boolean }): TextDecoder }

  function atob(base64: string): string
  function btoa(binary: string): string
  function structuredClone<T>(value: T): T
  function setTimeout(callback: () => void, milliseconds: number): unknown
  function clearTimeout(timer: unknown): void
  var crypto: { getRandomValues<T extends Uint8Array>(bytes: T): T }
}

export {}
