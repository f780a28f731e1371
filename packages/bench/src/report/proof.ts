import { join } from 'node:path'
import { digest, parseTrust, type VerifyOptions, verify, verifyBundle } from '@agent-run/core'
import type { AgentRun, Verdict } from '@agent-run/types'
import { readFileOf } from '../own-file.ts'
import { count } from './words.ts'

/** What checks the results of a bench run, and what comes of it. */
export interface Proof {
  /** Command lines, one entry a word: each ends with 0 here and now, unless `remarks` say that it does not. */
  readonly commands: readonly (readonly string[])[]
  /** What the commands do not say, a sentence each. */
  readonly remarks: readonly string[]
  /** What is wrong with the results, a sentence each; empty: they are what was written. */
  readonly problems: readonly string[]
}

/**
 * Checks a results folder as `agent-run verify` does, to name the commands that do.
 * @param folder results folder, as the reader would name it from the folder he is in
 * @returns undefined if the folder lacks what is to be checked
 */
export const proofOf = (folder: string): Proof | undefined => {
  const [trustFile, recordFile, bundleFile, reportFile] = [
    'trust.json',
    'report.run.json',
    'bundle.jsonl',
    'report.json',
  ].map((name) => join(folder, name)) as [string, string, string, string]
  const [trustOctets, record, bundle, report] = [trustFile, recordFile, bundleFile, reportFile].map(octetsOf)
  if (!trustOctets || !record || !bundle || !report) return undefined
  const parsed = parseTrust(trustOctets)
  if (!('trust' in parsed)) return { commands: [], remarks: [], problems: ['trust.json is no trust file'] }
  const options: VerifyOptions = { trust: parsed.trust, level: 'recorded' }
  const own = verify(record, { ...options, level: 'sealed', signedBy: 'trusted' })
  const { verdicts, findings } = verifyBundle(bundle, options)
  const bad = verdicts.filter(({ ok }) => !ok).length
  const unsealed = verdicts.filter(({ ok, level }) => ok && level === 'recorded').length
  const start = ['agent-run', 'verify', '--trust', trustFile]
  const commands =
    verdicts.length === 0
      ? [[...start, recordFile]]
      : unsealed === 0
        ? [[...start, recordFile, bundleFile]]
        : [
            [...start, recordFile],
            [...start, '--level', 'recorded', bundleFile],
          ]
  return {
    commands,
    remarks: [
      ...(bad === 0
        ? []
        : [`it ends with 1: ${count(bad, 'record')} ${bad === 1 ? 'does' : 'do'} not hold, and it says why`]),
      ...(unsealed === 0 || bad > 0 ? [] : [unsealedRemark(unsealed, verdicts.length)]),
    ],
    problems: [
      ...ownProblems(own),
      ...changed(record, { 'report.json': report, 'bundle.jsonl': bundle }),
      ...findings.map(() => 'bundle.jsonl holds a line that is nothing a bundle can hold'),
    ],
  }
}

const unsealedRemark = (unsealed: number, all: number): string => {
  if (all === 1) return 'the record was not sealed by the runtime: what it says is judged, not proven'
  const which =
    unsealed === all
      ? `none of the ${all} records was`
      : `${unsealed} of ${all} records ${unsealed === 1 ? 'was not' : 'were not'}`
  return `${which} sealed by the runtime: what ${unsealed === 1 ? 'it says' : 'they say'} is judged, not proven`
}

const ownProblems = ({ ok }: Verdict): readonly string[] =>
  ok ? [] : ['report.run.json is not sealed by the key of trust.json, or was changed since']

/** Files that are not those the record of the bench run names by their digests. */
const changed = (record: Uint8Array, files: Readonly<Record<string, Uint8Array>>): readonly string[] => {
  const { artifacts = [] } = recordIn(record)
  return Object.entries(files).flatMap(([name, octets]) => {
    const named = artifacts?.find(({ id }) => id === name)?.content?.digest
    return named === digest(octets) ? [] : [`${name} is not the one that report.run.json names`]
  })
}

const recordIn = (octets: Uint8Array): Pick<AgentRun, 'artifacts'> => {
  try {
    return JSON.parse(new TextDecoder().decode(octets)) as AgentRun
  } catch {
    return {}
  }
}

/** Larger than anything that the bench writes. */
const LARGEST = 1024 * 1024 * 1024

const octetsOf = (path: string): Uint8Array | undefined => {
  try {
    return readFileOf(path, LARGEST, 'a file of results')
  } catch {
    return undefined
  }
}
