import type { OptionOutline, Outline } from './outline.ts'

/** One line for each command and option, offered where the words before it fit. */
export function fishScript(outlines: readonly Outline[]): string {
  const lines = outlines.flatMap((outline) => [
    ...outline.commands.map(
      ({ name, summary }) => `complete -c agent-run -f -n '${condition(outline)}' -a ${name} -d ${quote(summary)}`,
    ),
    ...outline.values.map((value) => `complete -c agent-run -f -n '${condition(outline)}' -a ${value}`),
    ...outline.options.map((option) => optionLine(outline, option)),
  ])
  return `# fish completion for agent-run; made by: agent-run completion fish\n${lines.join('\n')}\n`
}

const condition = ({ path, commands }: Outline): string => {
  const seen = path.split(' ').filter(Boolean)
  const within = seen.map((word) => `__fish_seen_subcommand_from ${word}`)
  const notYet =
    commands.length > 0 ? [`not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(' ')}`] : []
  return [...within, ...notYet].join('; and ') || 'true'
}

const optionLine = (
  outline: Outline,
  { long, short, summary, takesValue, values, takesPath }: OptionOutline,
): string => {
  const parts = [`-l ${long.slice(2)}`]
  if (short) parts.push(`-s ${short.slice(1)}`)
  if (takesValue) parts.push(values.length > 0 ? `-x -a ${quote(values.join(' '))}` : takesPath ? '-r' : '-x')
  return `complete -c agent-run -n '${condition(outline)}' ${parts.join(' ')} -d ${quote(summary)}`
}

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
