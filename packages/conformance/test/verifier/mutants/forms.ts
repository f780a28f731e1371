import { readdirSync, readFileSync } from 'node:fs'
import { type Mutant, mutantsOf } from './mutant.ts'

const folder = new URL('../../../../../conformance/cases/semantics/', import.meta.url)

/** Verifiers without one of the semantic rules, for each that has cases. */
const rulelessMutants: readonly Mutant[] = readdirSync(folder)
  .sort()
  .flatMap((file) => {
    const { code, requirement } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, string>
    return mutantsOf('semantics/check.js', [
      [
        requirement!,
        `without_${code!.replace('.', '_')}`,
        `does not know the rule ${code}`,
        'if (legacy && rule.since)',
        `if (rule.code === '${code}' || (legacy && rule.since))`,
      ],
    ])
  })

/** A verifier that overlooks some faults of form. */
const blind = (requirement: string, name: string, fault: string, overlooks: string): Mutant =>
  mutantsOf('validate/validate.js', [
    [
      requirement,
      name,
      fault,
      'report(schemaTable, schema, value, strict, collector)',
      `report(schemaTable, schema, value, strict, { ...collector, add: (severity, make) => { const { code, path } = make(); if (!(${overlooks})) collector.add(severity, make); } })`,
    ],
  ])[0]!

/** Verifiers that take something for a record that is none, or the other way round. */
export const formMutants: readonly Mutant[] = [
  ...rulelessMutants,
  blind('AR-RUN-001', 'any_value', 'takes any value for a record', "path === '' && code === 'schema.type'"),
  blind('AR-RUN-002', 'members_missing', 'does not miss members', "path === '' && code === 'schema.required'"),
  blind('AR-RUN-004', 'any_status', 'takes any status', "path === '/status'"),
  blind('AR-STEP-001', 'any_step', 'does not look at the form of steps', "path.startsWith('/steps/')"),
  blind('AR-APPR-001', 'any_event', 'does not look at the form of approvals', "path.startsWith('/approvals')"),
  blind('AR-APPR-002', 'any_decision', 'does not look at policy decisions', "path.startsWith('/policy_decisions')"),
  blind('AR-COST-001', 'any_cost', 'does not look at costs', "path.includes('/cost')"),
  blind('AR-EVAL-001', 'any_eval', 'does not look at evals', "path.startsWith('/eval')"),
  ...mutantsOf('semantics/check.js', [
    [
      'AR-VER-001',
      'strict_with_0_1',
      'finds errors in records of 0.1',
      "legacy ? 'warning' : current.severity",
      'current.severity',
    ],
  ]),
]
