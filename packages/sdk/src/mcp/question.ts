import { createPreviewer } from '../preview/index.ts'
import type { Answer, ApprovalRequest } from '../recorder/index.ts'
import { type Members, membersAt, own, textAt } from './json-rpc.ts'

const previewer = createPreviewer(true)
const longestArguments = 1500

/** What a person can answer, in the words that are shown. */
export const choices = { once: 'allow once', session: 'allow for this session', no: 'deny' } as const

/** Characters that move a cursor, turn text around or hide: what is shown must be what is run. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu

const shown = (text: string): string =>
  text.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`)

/** A call in a few lines, as a person is asked about it: secrets replaced, nothing invisible, long arguments cut. */
export function questionLines({ call, event }: ApprovalRequest): string[] {
  const server = call.mcp_server === undefined ? '' : ` of ${call.mcp_server}`
  const args = previewer.json(call.arguments ?? {}, longestArguments) ?? '(they cannot be shown)'
  return [
    `Allow the tool "${call.tool_name}"${server}?`,
    `arguments: ${args}`,
    ...(event.reason == null ? [] : [`why you are asked: ${event.reason}`]),
    ...(event.risk == null ? [] : [`risk: ${event.risk}`]),
  ].map(shown)
}

/** The question as an elicitation of the Model Context Protocol: a form with one choice. */
export function elicitation(request: ApprovalRequest): Members {
  return {
    message: questionLines(request).join('\n'),
    requestedSchema: {
      type: 'object',
      properties: {
        decision: {
          type: 'string',
          title: 'Decision',
          description: `"${choices.session}" holds for every further call of this tool, whatever its arguments`,
          enum: Object.values(choices),
        },
      },
      required: ['decision'],
    },
  }
}

/**
 * The answer to such a form. Only one of the words that were offered is a yes.
 * @param actor who answered, as far as anybody knows
 */
export function readElicitation(result: Members, actor: NonNullable<Answer['actor']>): Answer {
  const action = own(result, 'action')
  if (action === 'decline') return { decision: 'denied', actor }
  if (action !== 'accept') return { decision: 'cancelled', reason: 'the question was dismissed' }
  const decision = textAt(membersAt(result, 'content'), 'decision')
  if (decision === choices.once) return { decision: 'approved', actor }
  if (decision === choices.session) return { decision: 'approved', actor, grant: { scope: 'session' } }
  if (decision === choices.no) return { decision: 'denied', actor }
  return { decision: 'cancelled', reason: 'the answer was none of those that were offered' }
}
