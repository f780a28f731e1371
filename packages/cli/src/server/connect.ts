import { readFileSync } from 'node:fs'
import { visibleName } from '@agent-run/core/text'
import { type Client, createClient } from '@agent-run/sdk/client'
import { Failure } from '../failure.ts'
import { describeError } from '../input/system-error.ts'
import type { ServerOptions } from './server-options.ts'

/** Where a server is, and the key for it. */
export interface Access {
  readonly url: string
  readonly key?: string
}

/** How to reach the server that the options or the environment name; undefined if they name none. Throws `Failure` if no key can be read. */
export function accessOf(options: ServerOptions, env: NodeJS.ProcessEnv = process.env): Access | undefined {
  const url = options.server ?? env.AGENT_RUN_SERVER_URL
  if (!url) return undefined
  const key = options.serverKey === undefined ? env.AGENT_RUN_KEY : firstLineOf(options.serverKey)
  return key ? { url, key } : { url }
}

/** The server that the options or the environment name. Throws `Failure` if they name none, or no key can be read. */
export function connect(options: ServerOptions, env: NodeJS.ProcessEnv = process.env): Client {
  const access = accessOf(options, env)
  if (!access) throw new Failure('which server? give --server, or set AGENT_RUN_SERVER_URL')
  try {
    return createClient(access)
  } catch (error) {
    if (error instanceof TypeError) throw new Failure(error.message, { cause: error })
    throw error
  }
}

const firstLineOf = (file: string): string => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Failure(`the key file ${visibleName(file)} cannot be read: ${describeError(error)}`, { cause: error })
  }
  const line = text.split(/\r?\n/, 1)[0] as string
  if (line === '') throw new Failure(`the key file ${visibleName(file)} is empty`)
  return line
}
