/**
 * How the exporter of this package spells a record in a trace, so that the adapter finds it again. A member of the run is
 * an attribute `agent_run.<member>` of the root span, a member of a step `agent_run.step.<member>` of its span or event.
 */
export const own = {
  run: 'agent_run.',
  step: 'agent_run.step.',
  /** On the span or event of a step: its run, and its place among the run's steps, from 0. */
  runId: 'agent_run.run_id',
  position: 'agent_run.position',
  /** On the root span: how many steps there are. */
  stepsCount: 'agent_run.steps_count',
  /** On the root span, of a record that was sealed: the seal stays with the record, this says which record it was. */
  recordHash: 'agent_run.sealed_record_hash',
  /** Name of the events that are steps. */
  event: 'agent_run.step',
} as const

/** Members of `provenance` that belong to the seal of the very record, and to no copy of it. */
export const sealMembers = [
  'journal_head',
  'record_hash',
  'sealed_at',
  'signature',
  'signed_by',
  'steps_count',
  'steps_root',
] as const

/** Previews that stand in the attributes that the conventions have for them, by type of step; `run` is the run itself. */
export const previewAttributes: Readonly<
  Record<string, { readonly input: string; readonly output: string; readonly isMessages: boolean }>
> = {
  run: { input: 'gen_ai.input.messages', output: 'gen_ai.output.messages', isMessages: true },
  model_call: { input: 'gen_ai.input.messages', output: 'gen_ai.output.messages', isMessages: true },
  tool_call: { input: 'gen_ai.tool.call.arguments', output: 'gen_ai.tool.call.result', isMessages: false },
}
