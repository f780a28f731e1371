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
}

export {}
