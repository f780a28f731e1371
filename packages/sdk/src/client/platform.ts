/** `AbortSignal` of the platform, as the caller's compiler knows it. */
export type Cancellation = typeof globalThis extends { AbortSignal: { prototype: infer Signal } } ? Signal : never

/** `fetch` of the platform, as the caller's compiler knows it. */
export type Fetch = typeof globalThis extends { fetch: infer Function } ? Function : never
