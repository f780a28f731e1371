import type { CaseOutcome, Report, RequirementVerdict } from '../suite/index.ts'
import { clip, oneLineCommand, visible, withoutSecrets } from './text.ts'

/** Messages of a case that are kept, and how long each may be. */
const MESSAGES = 10
const LONGEST_MESSAGE = 500

/** A command line that is cut does something else; a longer one is left out. */
const LONGEST_COMMAND = 24_000

/** Characters of messages and command lines that a whole report keeps; a case after that says one short thing. */
const TOTAL = 4_000_000
const SHORT_MESSAGE = 100

/** Entries of a list of names. */
const NAMES = 10_000

/**
 * A report whose texts can be shown: without control characters, bidirectional marks and lone surrogates, of bounded length.
 * Whoever renders a report renders this, and escapes nothing but its own markup.
 */
export const tidy = (report: Report): Report => {
  const { suite, subject, baseline } = report
  const room = { left: TOTAL }
  return {
    ...report,
    suite: { name: clip(suite.name, 100), version: clip(suite.version, 100), data: clip(suite.data, 200) },
    profile: clip(report.profile, 100),
    level: report.level === null ? null : clip(report.level, 100),
    only: names(report.only),
    seed: clip(report.seed, 100),
    subject: {
      name: subject.name === null ? null : clip(withoutSecrets(subject.name), 100),
      version: subject.version === null ? null : clip(withoutSecrets(subject.version), 100),
      address: clip(withoutSecrets(subject.address.slice(0, 2000)), 500),
      capabilities: names(subject.capabilities.slice(0, 100)),
      ...(subject.seen === undefined ? {} : { seen: subject.seen }),
    },
    requirements: report.requirements.map(tidyRequirement),
    cases: report.cases.map((each) => tidyCase(each, room)),
    baseline:
      baseline === null
        ? null
        : { known: names(baseline.known), problems: baseline.problems.slice(0, NAMES).map((text) => clip(text, 500)) },
  }
}

const names = (list: readonly string[]): readonly string[] => list.slice(0, NAMES).map((name) => clip(name, 300))

const tidyRequirement = (verdict: RequirementVerdict): RequirementVerdict => ({
  ...verdict,
  requirement: clip(verdict.requirement, 100),
  text: clip(verdict.text, 2000),
  spec: clip(verdict.spec, 200),
  capability: clip(verdict.capability, 100),
})

const tidyCase = ({ reproduce, replay, capability, ...rest }: CaseOutcome, room: { left: number }): CaseOutcome => {
  const [most, longest] = room.left > 0 ? [MESSAGES, LONGEST_MESSAGE] : [1, SHORT_MESSAGE]
  const shown = rest.messages
    .slice(0, most)
    .map((text) => clip(withoutSecrets(text.slice(0, 2000)), longest, text.length))
  const more = rest.messages.length - shown.length
  const messages = more > 0 ? [...shown, `and ${more} more`] : shown
  const command = reproduce === undefined || room.left <= 0 ? undefined : commandOf(reproduce)
  const whole = replay === undefined || room.left <= 0 ? undefined : commandOf(replay)
  room.left -= [...messages, command ?? '', whole ?? ''].reduce((sum, text) => sum + text.length, 0)
  return {
    ...rest,
    id: clip(rest.id, 300),
    requirement: clip(rest.requirement, 100),
    messages,
    seconds: Number.isFinite(rest.seconds) && rest.seconds >= 0 ? rest.seconds : 0,
    ...(capability === undefined ? {} : { capability: visible(capability.slice(0, 100)) }),
    ...(command === undefined ? {} : { reproduce: command }),
    ...(whole === undefined ? {} : { replay: whole }),
  }
}

const commandOf = (reproduce: string): string | undefined => {
  if (reproduce.length > LONGEST_COMMAND) return undefined
  const line = oneLineCommand(withoutSecrets(reproduce))
  return line.length > LONGEST_COMMAND ? undefined : line
}
