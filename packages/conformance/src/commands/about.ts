import { Command } from 'commander'

/** `agent-run-conformance about`. */
export const aboutCommand = (): Command =>
  new Command('about')
    .summary('say with what it tests')
    .description(
      'Prints the version of the suite, the digest of its data, its profiles, and how many sentences have cases.',
    )
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Examples
  $ agent-run-conformance about
  $ agent-run-conformance about --json

A report names the same digest (suite.data): with it, everybody can say with what somebody was tested.

Exit code
  0  printed
  2  the data of the suite are missing`,
    )
    .action(async ({ json }: { readonly json?: true }) => {
      const { about, describeAbout } = await import('../suite/about.ts')
      process.stdout.write(json ? `${JSON.stringify(about(), null, 2)}\n` : describeAbout(about()))
    })
