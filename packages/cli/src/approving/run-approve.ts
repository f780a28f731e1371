import { actionHash, protectObject, requestHash, signObject } from '@agent-run/core'
import { visible } from '@agent-run/core/text'
import { type Client, RequestError } from '@agent-run/sdk/client'
import type { AgentRun, ApprovalEntry, ApprovalEvent, Step } from '@agent-run/types'
import { exit, Failure } from '../failure.ts'
import { actorName } from '../receipt/allowed.ts'
import type { Loose } from '../receipt/loose.ts'
import { moment } from '../receipt/moment.ts'
import { orFailure } from '../sealing/core-errors.ts'
import { type PassphraseOptions, signerOf } from '../sealing/signer.ts'
import { connect } from '../server/connect.ts'
import type { ServerOptions } from '../server/server-options.ts'
import { askYesNo } from '../terminal/ask-yes-no.ts'
import { questionText } from './question-text.ts'

/** Options of `agent-run approve`, as the command line gives them. */
export interface ApproveOptions extends ServerOptions, PassphraseOptions {
  readonly key: string
  readonly as: string
  readonly deny?: boolean
  readonly stop?: boolean
  readonly reason?: string
  readonly yes?: boolean
}

/** A request as it waits, with the call that it is about. */
export interface Waiting {
  readonly run: AgentRun
  readonly step: Step
  readonly request: ApprovalEvent
}

/** Shows a call that waits, asks, signs a decision and sends it. Returns the exit code. Throws `Failure`. */
export async function runApprove(runId: string, approvalId: string, options: ApproveOptions): Promise<number> {
  if (options.stop && !options.deny) throw new Failure('--stop goes with --deny')
  const client = connect(options)
  const waiting = await orFailure(() => findRequest(client, runId, approvalId))
  assertShownIsAsked(waiting)
  process.stderr.write(questionText(waiting, new Date().toISOString(), widthOf(process.stderr)))
  const verb = options.deny ? 'Deny' : 'Allow'
  if (!options.yes && !(await askYesNo(`${verb} this call? [y/N] `))) {
    process.stderr.write('nothing was decided\n')
    return exit.findings
  }
  const signer = await signerOf(options.key, options)
  const signed = await orFailure(() => signObject('approval', decisionOn(waiting, options), signer))
  try {
    await client.decide(runId, approvalId, signed)
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== 'approval.decided')
      return orFailure(() => Promise.reject(error))
    const entry = await findEntry(client, runId, approvalId).catch(() => undefined)
    process.stderr.write(`agent-run: ${decidedWords(entry)}; nothing was changed\n`)
    return exit.findings
  }
  process.stderr.write(`${options.deny ? 'denied' : 'approved'}, signed with ${signer.did}\n`)
  return exit.clean
}

const widthOf = ({ columns }: { readonly columns?: number }): number =>
  Math.max(60, Math.min(columns || Number(process.env['COLUMNS']) || 90, 120))

/** Who was faster, as far as the server tells. */
const decidedWords = (entry: ApprovalEntry | undefined): string => {
  const last = entry?.decisions.at(-1)
  if (last === undefined) return 'somebody has decided otherwise already'
  const by = visible(actorName((last.actor ?? {}) as Loose))
  const at = last.at === undefined ? '' : ` at ${visible(moment(last.at))}`
  return `it was decided otherwise already: ${visible(last.event.replaceAll('_', ' '))} by ${by} (as recorded)${at}`
}

const findEntry = async (client: Client, runId: string, approvalId: string): Promise<ApprovalEntry | undefined> => {
  for await (const each of client.approvals({ run_id: runId })) if (each.approval_id === approvalId) return each
  return undefined
}

const findRequest = async (client: Client, runId: string, approvalId: string): Promise<Waiting> => {
  const entry = await findEntry(client, runId, approvalId)
  const request = entry?.request
  if (request === undefined) throw new Failure(`no request ${visible(approvalId)} is known of run ${visible(runId)}`)
  const run = await client.getRun(runId)
  const step = run.steps.find(({ id }) => id === request.step_id)
  if (step === undefined) throw new Failure('the run does not show the call that the request is about')
  return { run, step, request }
}

/** Throws `Failure` unless the request is about the call that is shown. */
const assertShownIsAsked = ({ run, step, request }: Waiting): void => {
  const shown = actionHash({
    run_id: run.id,
    nonce: run.provenance.nonce,
    step_id: step.id,
    tool_name: step.tool_name,
    mcp_server: step.mcp_server,
    tool_hash: step.tool_hash,
    arguments_hash: step.arguments_hash,
  })
  if (shown !== request.action_hash)
    throw new Failure('the call that the run shows is not the one that the request names; nothing was signed')
}

const decisionOn = ({ run, request }: Waiting, { as, deny, stop, reason }: ApproveOptions): ApprovalEvent => {
  const event: ApprovalEvent = {
    approval_id: request.approval_id,
    event: deny ? 'denied' : 'approved',
    run_id: run.id,
    ...given('step_id', request.step_id),
    ...given('tool_call_id', request.tool_call_id),
    at: new Date().toISOString(),
    ...given('expires_at', request.expires_at),
    ...given('required_role', request.required_role),
    actor: { kind: 'human', id: as },
    ...given('action_hash', request.action_hash),
    request_hash: requestHash(request),
    basis: 'observed',
    ...(stop ? { stops_run: true } : {}),
    ...given('reason', reason),
  }
  // What a person wrote can be erased later without breaking the signature.
  return reason === undefined ? event : protectObject('approval', event)
}

const given = <K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } =>
  value === undefined ? {} : ({ [name]: value } as { [key in K]?: V })
