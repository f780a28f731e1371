/** Which server, and the key for it: options of every command that talks to one. */
export interface ServerOptions {
  readonly server?: string
  readonly serverKey?: string
}
