import { asArray, asObject, type Json } from '../../conversion/json.ts'
import type { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Turns } from '../../conversion/turns.ts'
import type { Attachments } from './content.ts'

/** What reading the events of a sample needs and remembers. */
export interface Reading {
  readonly run: RunDraft
  readonly attachments: Attachments
  readonly model: string | undefined
  /** Model calls by the ids of the calls they asked for. */
  readonly askedBy: Map<string, string>
  /** Calls of tools by their id. */
  readonly calls: Map<string, StepDraft>
  /** Steps in which events of a span happen. */
  readonly spans: Map<string, Span>
  /** The last of them that was opened for a tool. */
  lastToolSpan: Span | undefined
  /** Hand-overs by the span in which the other agent works; it may be opened later. */
  readonly handedOver: Map<string, { readonly step: StepDraft; readonly agent: string }>
  /** Spans that are open, the innermost last, for logs that name none on their events. */
  readonly open: Span[]
  /** Approvals whose call has not been seen yet. */
  readonly waiting: Json[]
  /** Messages that are steps already, by id or content. */
  readonly said: Set<string>
  readonly turns: Turns
  answered: string | undefined
  /** When scoring began. */
  scoredAt: Moment | undefined
  readonly judging: Json[]
}

/** A part of a run as the log marks it. */
export interface Span {
  readonly id: string
  readonly parent: Span | undefined
  readonly type: string | undefined
  readonly name: string | undefined
  /** The step whose work the span is. */
  step: StepDraft | undefined
  agent: string | undefined
}

/** The innermost step in which an event of a span happens, and the agent at work there. */
export function placeOf(span: Span | undefined): { step: StepDraft | undefined; agent: string | undefined } {
  let step: StepDraft | undefined
  let agent: string | undefined
  for (let next = span, depth = 0; next && depth < 200; next = next.parent, depth++) {
    step ??= next.step
    agent ??= next.agent
  }
  return { step, agent }
}

/** True inside a span that scores the result: it comes after the run. */
export function isScoring(span: Span | undefined): boolean {
  for (let next = span, depth = 0; next && depth < 200; next = next.parent, depth++)
    if (next.type === 'scorer' || next.type === 'scorers') return true
  return false
}

/** Events of a sample; the oldest logs keep them in a transcript. */
export const eventsOf = (sample: Json): readonly unknown[] =>
  asArray(sample.events) ?? asArray(asObject(sample.transcript)?.events) ?? []
