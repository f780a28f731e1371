// The only things the SDK's portable rooms take from their platform: browsers, workers and Node all have them.

declare global {
  interface TextEncoder {
    encode(text: string): Uint8Array<ArrayBuffer>
  }
  var TextEncoder: { new (): TextEncoder }

  interface TextDecoder {
    decode(bytes: Uint8Array, options?: { stream: boolean }): string
  }
  var TextDecoder: { new (label: string, options: { fatal: boolean; ignoreBOM: boolean }): TextDecoder }

  interface AbortSignal {
    readonly aborted: boolean
    readonly reason: unknown
    addEventListener(type: 'abort', listener: () => void): void
    removeEventListener(type: 'abort', listener: () => void): void
  }
  var AbortSignal: { prototype: AbortSignal }
  class AbortController {
    readonly signal: AbortSignal
    abort(reason?: unknown): void
  }

  interface ReadableStreamDefaultReader {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
    cancel(reason?: unknown): Promise<void>
  }
  interface ReadableStream {
    getReader(): ReadableStreamDefaultReader
    pipeThrough(transform: CompressionStream): ReadableStream
  }
  interface ReadableStreamController {
    readonly byobRequest?: { respond(bytes: number): void } | null
    enqueue(chunk: unknown): void
    close(): void
    error(error: unknown): void
  }
  interface ReadableStreamSource {
    readonly type?: 'bytes'
    pull(controller: ReadableStreamController): Promise<void>
    cancel(reason: unknown): Promise<void>
  }
  var ReadableStream: {
    new (source: ReadableStreamSource, strategy?: { readonly highWaterMark: number }): ReadableStream
  }
  interface Headers {
    get(name: string): string | null
  }
  interface Response {
    readonly status: number
    readonly type: string
    readonly headers: Headers
    readonly body: ReadableStream | null
    readonly bodyUsed: boolean
    readonly ok: boolean
    readonly statusText: string
    readonly url: string
    readonly redirected: boolean
    clone(): Response
    arrayBuffer(): Promise<ArrayBuffer>
  }
  var Response: {
    new (
      body: Uint8Array | ReadableStream,
      init?: { readonly status: number; readonly statusText: string; readonly headers: Headers },
    ): Response
    prototype: Response
  }
  interface RequestInit {
    method: string
    headers: Record<string, string>
    body?: Uint8Array
    redirect: 'manual'
    credentials: 'omit'
    cache: 'no-store'
    signal: AbortSignal
  }
  function fetch(url: string, init: RequestInit): Promise<Response>

  interface CompressionStream {
    readonly readable: ReadableStream
  }
  /** Not everywhere: Node and browsers since 2023 have it. */
  var CompressionStream: { new (format: 'gzip'): CompressionStream } | undefined
  var DecompressionStream: { new (format: 'deflate-raw'): CompressionStream } | undefined

  interface URL {
    readonly href: string
    readonly origin: string
    readonly protocol: string
    readonly hostname: string
    readonly username: string
    readonly password: string
    readonly pathname: string
    readonly search: string
    readonly hash: string
  }
  var URL: { new (url: string, base?: string): URL }
  interface URLSearchParams {
    append(name: string, value: string): void
    toString(): string
  }
  var URLSearchParams: { new (): URLSearchParams }

  function atob(base64: string): string
  function btoa(binary: string): string
  function structuredClone<T>(value: T): T
  function setTimeout(callback: () => void, milliseconds: number): unknown
  function clearTimeout(timer: unknown): void
  var crypto: { getRandomValues<T extends Uint8Array>(bytes: T): T }
}

export {}
