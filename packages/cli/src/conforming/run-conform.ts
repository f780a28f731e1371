import { runPackage } from '../starting/run-package.ts'

const suite = {
  package: '@agent-run/conformance',
  bin: 'agent-run-conformance',
  what: 'the conformance suite',
}

/** Runs `agent-run-conformance` until it ends, and returns its exit code. */
export const runConform = (args: readonly string[]): Promise<number> => runPackage(suite, args)
