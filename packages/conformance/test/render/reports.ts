// Reports that the tests of all formats share: small ones with one of everything, and hostile ones.
import {
  assembleReport,
  type CaseOutcome,
  loadRequirements,
  type Profile,
  type Report,
  type Trial,
} from '../../src/suite/index.ts'

/** Sentences of the small profile and the capability they belong to. */
const SCORED: Readonly<Record<string, string>> = {
  'AR-HTTP-001': 'core',
  'AR-HTTP-002': 'core',
  'AR-HTTP-008': 'core',
  'AR-HTTP-013': 'core',
  'AR-HTTP-020': 'batch',
  'AR-HTTP-040': 'approvals',
}

const sentences = loadRequirements()

const profileOf = (scored: Readonly<Record<string, string>>): Profile => {
  const requirements = Object.fromEntries(
    Object.entries(scored).map(([id, capability]) => [id, { capability, digest: sentences.get(id)!.digest }]),
  )
  const role = { levels: [{ name: 'core', capabilities: ['core'] }], requirements }
  return { profile: '1.0', roles: { server: role, emitter: role, verifier: role } }
}

/** A case that passed, or with what is said of it. */
export const outcome = (id: string, requirement: string, said: Partial<CaseOutcome> = {}): CaseOutcome => ({
  id,
  requirement,
  status: 'pass',
  messages: [],
  seconds: 0.25,
  ...said,
})

/** A report about these cases. */
export const reportOf = (outcomes: readonly CaseOutcome[], trial: Partial<Trial> = {}): Report =>
  assembleReport({
    role: 'server',
    profile: profileOf(SCORED),
    level: null,
    only: [],
    subject: { name: 'my-server', version: '0.4', address: 'http://127.0.0.1:3000', capabilities: ['core', 'batch'] },
    seed: '7f3a',
    started: new Date('2026-11-20T14:00:00.000Z'),
    ended: new Date('2026-11-20T14:00:21.400Z'),
    outcomes,
    baseline: null,
    suite: { name: '@agent-run/conformance', version: '1.2.3', data: `sha256:${'0'.repeat(64)}` },
    ...trial,
  })

const passing = Object.entries(SCORED).map(([id, capability], index) =>
  outcome(
    `http/topic/right_${index}`,
    id,
    capability === 'approvals'
      ? { status: 'not_applicable', capability, messages: ['approvals is not declared'] }
      : { capability },
  ),
)

/** Everything that applies is kept. */
export const goodReport = (trial: Partial<Trial> = {}): Report => reportOf(passing, trial)

/** One of everything: kept, not kept with two cases, a warning, not tested for two reasons, not declared. */
export const mixedOutcomes: readonly CaseOutcome[] = [
  ...passing.filter(({ requirement }) => requirement !== 'AR-HTTP-008'),
  outcome('http/header/header_on_error', 'AR-HTTP-001', {
    status: 'fail',
    messages: ['request 2 of 2: answered 201, expected 422'],
    reproduce: `curl -sS -i -X POST 'http://127.0.0.1:3000/api/v1/runs' -H "X-API-Key: $AGENT_RUN_KEY" --data-binary '{"id":"r"}'`,
  }),
  outcome('http/header/header_missing', 'AR-HTTP-001', {
    status: 'fail',
    messages: ['the header X-Agent-Run-Protocol is not there', 'answered 200, expected 404'],
    reproduce: `curl -sS -i 'http://127.0.0.1:3000/nothing'`,
  }),
  outcome('http/code/rate_limit', 'AR-HTTP-013', { status: 'fail', messages: ['no 429 came'] }),
  outcome('http/keys/reader_writes', 'AR-HTTP-008', {
    status: 'untestable',
    messages: ['no key of the role reader was given'],
  }),
  outcome('http/keys/reader_reads', 'AR-HTTP-008', {
    status: 'untestable',
    messages: ['unexpected end of the data'],
    suite_fault: true,
  }),
  outcome('http/batch/batch_order', 'AR-HTTP-020', {
    status: 'fail',
    capability: 'batch',
    messages: ['/results/1 is not there'],
    reproduce: `curl -sS -i -X POST 'http://127.0.0.1:3000/api/v1/runs:batch' --data-binary '1\n2'`,
  }),
]

/** A report with one of everything. */
export const mixedReport = (trial: Partial<Trial> = {}): Report => reportOf(mixedOutcomes, trial)

/** Text that would do harm in one format or another. */
export const HOSTILE: readonly string[] = [
  '\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007 \u009b2J',
  'user\u202etxt.exe\u2066 \u200b\u200d\ufeff \u2028new line\u2029',
  '<script>alert(1)</script><img src=x onerror=alert(1)></style></title>',
  "\"><svg/onload=alert(1)>' onmouseover='alert(1)",
  ']]> <![CDATA[ --> <!-- <?xml ?> &lt; &amp; &#0; &bogus;',
  'nul \u0000 bell \u0007 del \u007f c1 \u0085 \ufffe \uffff',
  'lone \ud800 and \udc00 surrogates \udbff',
  '[link](http://evil.example) ![image](http://evil.example/x.png) @everyone #1 GH-2 <b>bold</b> https://evil.example www.evil.example me@evil.example',
  '| cell | cell |\n\n# heading\n\n```\nfence\n````\n***\n- item\n1. item\n> quote\n</details>',
  ':rocket: `code` ``two`` **bold** _it_ ~~gone~~ $math$ \\ ~ [^1]: note',
  '::error file=x::owned\n::set-output name=a::b\n##[error]owned\n##vso[task.setvariable]x',
  '\r\n\ttab\u000b\u000c\u001c overwritten\r',
]

/** A report in which every text of the subject, and every text of the suite about it, is hostile. */
export const hostileReport = (): Report => {
  const text = HOSTILE.join(' ')
  const report = reportOf(
    [
      ...passing,
      ...HOSTILE.map((each, index) =>
        outcome(`http/topic/${each}`, index % 2 === 0 ? 'AR-HTTP-001' : 'AR-HTTP-013', {
          status: 'fail',
          capability: each,
          messages: [each, text],
          reproduce: `curl '${each}' -d ${each}`,
        }),
      ),
      ...HOSTILE.map((each) => outcome(each, 'AR-HTTP-002', { status: 'untestable', messages: [each] })),
    ],
    {
      only: [],
      seed: text,
      level: null,
      subject: { name: text, version: text, address: text, capabilities: ['core', 'batch', ...HOSTILE] },
      baseline: [...HOSTILE, 'AR-HTTP-020'],
    },
  )
  return { ...report, level: text, only: HOSTILE }
}

/** Ten thousand failing cases, each with messages of a megabyte that share one text. */
export const hugeReport = (): Report => {
  const megabyte = `${'x\u0000'.repeat(500_000)}`
  const messages = Array.from({ length: 30 }, () => megabyte)
  return reportOf(
    Array.from({ length: 10_000 }, (_, index) =>
      outcome(`http/topic/case_${index}`, Object.keys(SCORED)[index % 5]!, {
        status: index % 7 === 0 ? 'untestable' : 'fail',
        messages,
        reproduce: index % 3 === 0 ? megabyte : `curl 'http://127.0.0.1:3000/${'y'.repeat(4000)}'`,
      }),
    ),
    { subject: { name: megabyte, version: megabyte, address: megabyte, capabilities: Array(50_000).fill('core') } },
  )
}
