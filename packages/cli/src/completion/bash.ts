import type { Outline } from './outline.ts'

/** Finds out which command the line is about by the words that are commands, then offers what that command takes. */
export function bashScript(outlines: readonly Outline[]): string {
  const paths = outlines.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  return `# bash completion for agent-run; made by: agent-run completion bash
_agent_run() {
  local word previous path='' next i
  word="\${COMP_WORDS[COMP_CWORD]}"
  previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${path:+$path }\${COMP_WORDS[i]}"
    case "$next" in
      ${paths.join('|')}) path="$next" ;;
    esac
  done
  case "$path:$previous" in
${outlines.flatMap(valueCases).join('\n')}
  esac
  case "$path" in
${outlines.map(commandCase).join('\n')}
  esac
}
complete -o filenames -F _agent_run agent-run
`
}

const valueCases = ({ path, options }: Outline): string[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .map(({ long, short, values, takesPath }) => {
      const names = [long, short].filter(Boolean).map((name) => `'${path}:${name}'`)
      const offer = values.length > 0 ? `-W '${values.join(' ')}'` : takesPath ? '-f' : undefined
      const reply = offer === undefined ? '' : `COMPREPLY=($(compgen ${offer} -- "$word")); `
      return `    ${names.join('|')}) ${reply}return ;;`
    })

const commandCase = ({ path, commands, options, values }: Outline): string => {
  const words = [...commands.map(({ name }) => name), ...values]
  const rest = words.length > 0 ? `-W '${words.join(' ')}'` : '-f'
  const flags = options.map(({ long }) => long).join(' ')
  return `    '${path}') if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '${flags}' -- "$word")); else COMPREPLY=($(compgen ${rest} -- "$word")); fi ;;`
}
