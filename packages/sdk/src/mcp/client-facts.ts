import { type Members, membersAt, own, textAt } from './json-rpc.ts'

/** What a client says about itself: claims, all of it. */
export interface ClientFacts {
  readonly name?: string
  readonly version?: string
  readonly protocolVersion?: string
  readonly capabilities: Members
  /** Whether it says so with every request (protocol 2026-07-28 and later), instead of once. */
  readonly isStateless: boolean
  /** The members of `_meta` that every request of such a client has; a request of the proxy's own needs them too. */
  readonly meta: Members
}

export const unknownClient: ClientFacts = { capabilities: {}, isStateless: false, meta: {} }

const prefix = 'io.modelcontextprotocol/'

/** What a request tells about its client: `initialize`, or any request of a client that says it each time. */
export function readClientFacts(method: string, params: Members | undefined, before: ClientFacts): ClientFacts {
  if (method === 'initialize') {
    const protocolVersion = textAt(params, 'protocolVersion')
    return {
      ...named(membersAt(params, 'clientInfo')),
      ...(protocolVersion === undefined ? {} : { protocolVersion }),
      capabilities: membersAt(params, 'capabilities') ?? {},
      isStateless: false,
      meta: {},
    }
  }
  const meta = membersAt(params, '_meta')
  const protocolVersion = textAt(meta, `${prefix}protocolVersion`)
  if (protocolVersion === undefined) return before
  return {
    ...named(membersAt(meta, `${prefix}clientInfo`)),
    protocolVersion,
    capabilities: membersAt(meta, `${prefix}clientCapabilities`) ?? {},
    isStateless: true,
    meta: Object.fromEntries(Object.entries(meta ?? {}).filter(([name]) => name.startsWith(prefix))),
  }
}

/** It stands in every step. */
const longestName = 256

/** Name and version, as clients and servers give them. */
export const named = (info: Members | undefined): { name?: string; version?: string } => {
  const [name, version] = [textAt(info, 'name'), textAt(info, 'version')].map((text) => text?.slice(0, longestName))
  return { ...(name === undefined ? {} : { name }), ...(version === undefined ? {} : { version }) }
}

/** What a server says about itself in the result of `initialize` or `server/discover`. */
export function readServerFacts(result: Members): {
  server_name?: string
  version?: string
  protocol_version?: string
} {
  const info = membersAt(result, 'serverInfo') ?? membersAt(membersAt(result, '_meta'), `${prefix}serverInfo`)
  const { name, version } = named(info)
  const protocolVersion = textAt(result, 'protocolVersion')
  return {
    ...(name === undefined ? {} : { server_name: name }),
    ...(version === undefined ? {} : { version }),
    ...(protocolVersion === undefined ? {} : { protocol_version: protocolVersion }),
  }
}

/** Whether a person can be asked through the client by a form: elicitation that is not for addresses only. */
export function asksByForm({ capabilities }: ClientFacts): boolean {
  const elicitation = membersAt(capabilities, 'elicitation')
  if (elicitation === undefined) return false
  return Object.hasOwn(elicitation, 'form') || !Object.hasOwn(elicitation, 'url')
}

/** The id that the model's provider gave the call, where the client passes it on; it is the one in the client's transcript. */
export const modelCallId = (params: Members | undefined): string | undefined => {
  const id = own(membersAt(params, '_meta'), 'claudecode/toolUseId')
  return typeof id === 'string' && /^[\w-]{1,128}$/.test(id) ? id : undefined
}
