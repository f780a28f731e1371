import { nameAddress } from '../effects/index.ts'
import type { OpenStep, Recorder } from '../recorder/index.ts'
import type { Allowance } from './allowance.ts'
import { isMembers, keyOfId, type Members, membersAt, own, type RequestId, textAt } from './json-rpc.ts'
import type { SessionOptions } from './run.ts'

/** Requests other than tool calls that get something out of a server: resources and prompts. */
export interface Reads {
  begin(id: RequestId, method: string, params: Members | undefined): void
  end(id: RequestId, answer: Members): void
}

/**
 * Records `resources/read` and `prompts/get` as steps of the type `other`: the standard has no type of its own for them. They
 * are reads that nobody is asked about; a policy for tools says nothing of them.
 *
 * @param allowance how many are recorded
 */
export function createReads(run: () => Recorder, allowance: Allowance, { server, policy }: SessionOptions): Reads {
  const open = new Map<string, OpenStep>()
  return {
    begin(id, method, params) {
      const uri = method === 'resources/read' ? textAt(params, 'uri') : undefined
      const prompt = method === 'prompts/get' ? textAt(params, 'name') : undefined
      const what = uri === undefined ? prompt : nameAddress(uri)
      if (what === undefined || !allowance.take()) return
      const target = { target_kind: 'service', target: uri === undefined ? `${server}: prompt ${what}` : what } as const
      const step = run().startStep('other', {
        input: what,
        mcp_server: server,
        side_effects: [{ kind: 'read', ...target, basis: 'declared' }],
        approval: { state: 'not_required', policy_id: policy?.id ?? 'record-only', basis: 'observed' },
        metadata: { mcp: { method } },
      })
      open.set(keyOfId(id), step)
    },
    end(id, answer) {
      const step = open.get(keyOfId(id))
      open.delete(keyOfId(id))
      const result = membersAt(answer, 'result')
      if (result === undefined) {
        const message = textAt(membersAt(answer, 'error'), 'message') ?? 'no message'
        void step?.end({ status: 'failed', error: `MCP error: ${message}`, error_type: 'tool_failed' })
      } else void step?.end({ output: contentWords(result) })
    },
  }
}

const contentWords = (result: Members): string => {
  const list = own(result, 'contents') ?? own(result, 'messages')
  if (!Array.isArray(list)) return ''
  return list
    .slice(0, 20)
    .map((each: unknown) => {
      if (!isMembers(each)) return ''
      return (
        textAt(each, 'text') ??
        textAt(membersAt(each, 'content'), 'text') ??
        `[${textAt(each, 'mimeType') ?? 'content'}]`
      )
    })
    .join('\n')
}
