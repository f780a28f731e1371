import type { SourceFile } from '../../conversion/adapter.ts'
import { asObject, asString } from '../../conversion/json.ts'
import { Ledger } from '../../conversion/ledger.ts'
import { type boundsOf, type InputRead, readDocument, readObjects } from '../../conversion/read-input.ts'
import type { Previewer } from '../../preview/index.ts'
import type { AgentMeta } from './delegations.ts'
import { skipAtGlance, Transcript } from './transcript.ts'
import type { Witnesses } from './witnesses.ts'

/** What was read of one input. */
export interface FileRead {
  readonly read: InputRead
  readonly transcript: Transcript
  readonly meta: AgentMeta | undefined
  /** What most of its lines are, if they are no transcript's. */
  readonly witness: 'hooks' | 'events' | undefined
}

/** A file that describes a sub-agent, by its name. */
export const metaName: RegExp = /(?:^|[\\/])agent-([A-Za-z0-9_-]{1,128})\.meta\.json$/

/** Most bytes of a file that describes a sub-agent. */
const metaSize = 1_048_576

/** Most sessions of one file that are kept in mind. */
const mostSessions = 100

/** Reads one input to its end. Never throws: what the content throws is noted. */
export async function readFile(
  file: SourceFile,
  bounds: ReturnType<typeof boundsOf>,
  previewer: Previewer,
  witnesses: Witnesses,
): Promise<FileRead> {
  const agentId = metaName.exec(file.name)?.[1]
  if (agentId !== undefined) return readMeta(file, agentId, previewer)
  const ledger = new Ledger()
  const transcript = new Transcript(file.name, ledger, previewer)
  let heard: FileRead['witness']
  const read = await readObjects(
    file,
    bounds,
    (json, line, { sessionIds }) => {
      const said = witnesses.hear(json, { line, ledger, sessionIds })
      if (said) {
        heard ??= said.kind
        return said.fate
      }
      const session = asString(json.sessionId)
      if (session && sessionIds.size < mostSessions) sessionIds.add(session)
      return transcript.add(json, line)
    },
    { ledger, glance: skipAtGlance },
  )
  transcript.digest = read.digest
  transcript.finish()
  return { read, transcript, meta: undefined, witness: heard }
}

async function readMeta(file: SourceFile, agentId: string, previewer: Previewer): Promise<FileRead> {
  const read = await readDocument(file, { maxDocumentBytes: metaSize })
  const json = asObject(read.value)
  if (read.value !== undefined) {
    read.ledger.read()
    if (json) read.ledger.mapped()
    else read.ledger.skipped('description of a sub-agent that could not be read')
  }
  const meta = json && { agentId, agentType: asString(json.agentType), toolUseId: asString(json.toolUseId) }
  return { read, transcript: new Transcript(file.name, read.ledger, previewer), meta, witness: undefined }
}
