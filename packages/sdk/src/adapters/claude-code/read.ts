import { createDigest } from '@agent-run/core'
import { Ledger } from '../../conversion/ledger.ts'
import { type Content, splitLines } from '../../lines/index.ts'
import type { Previewer } from '../../preview/index.ts'
import type { AgentMeta } from './delegations.ts'
import { asObject, asString, type Json } from './json.ts'
import { Transcript } from './transcript.ts'

/** What was read of one input. */
export interface FileRead {
  readonly transcript: Transcript
  readonly meta: AgentMeta | undefined
  readonly bytes: number
  /** True if reading broke off: the content threw. */
  readonly broken: boolean
}

/** A file that describes a sub-agent, by its name. */
const metaName = /(?:^|[\\/])agent-([A-Za-z0-9_-]{1,128})\.meta\.json$/

/** Most bytes of a file that describes a sub-agent. */
const metaSize = 1_048_576

/** Reads one input to its end. Never throws: what the content throws is noted. */
export async function readFile(
  name: string,
  content: Content,
  maxLineBytes: number,
  previewer: Previewer,
): Promise<FileRead> {
  const ledger = new Ledger()
  const transcript = new Transcript(name, ledger, previewer)
  const digest = createDigest()
  let bytes = 0
  let broken = false
  let meta: AgentMeta | undefined
  let whole = ''
  let described = 0
  const agentId = metaName.exec(name)?.[1]
  const options = {
    maxLineBytes,
    onBytes: (chunk: Uint8Array): void => {
      digest.update(chunk)
      bytes += chunk.length
    },
  }
  try {
    for await (const line of splitLines(content, options)) {
      ledger.read()
      if (line.text === undefined) ledger.malformed(line.number, line.reason)
      else if (agentId !== undefined) {
        if (whole.length < metaSize) whole += `${line.text}\n`
        described++
      } else readLine(transcript, line.number, line.text)
    }
    transcript.digest = digest.digest()
  } catch {
    broken = true
  }
  if (agentId !== undefined) {
    meta = readMeta(agentId, whole)
    if (meta) ledger.mapped(described)
    else ledger.skipped('description of a sub-agent that could not be read', described)
  }
  transcript.finish()
  return { transcript, meta, bytes, broken }
}

function readLine(transcript: Transcript, number: number, text: string): void {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    transcript.ledger.malformed(number, 'not JSON, or cut off')
    return
  }
  const json = asObject(value)
  if (json) transcript.add(json, number)
  else transcript.ledger.malformed(number, 'no JSON object')
}

function readMeta(agentId: string, text: string): AgentMeta | undefined {
  let json: Json | undefined
  try {
    json = asObject(JSON.parse(text))
  } catch {
    return undefined
  }
  return json && { agentId, agentType: asString(json.agentType), toolUseId: asString(json.toolUseId) }
}
