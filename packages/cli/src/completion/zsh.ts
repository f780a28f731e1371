import type { OptionOutline, Outline } from './outline.ts'

/** One function for each command, as `_arguments` wants it. */
export function zshScript(outlines: readonly Outline[]): string {
  return `#compdef agent-run
# zsh completion for agent-run; made by: agent-run completion zsh
${outlines.map(commandFunction).join('\n')}
if [ "$funcstack[1]" = "_agent-run" ]; then _agent-run "$@"; else compdef _agent-run agent-run; fi
`
}

const functionName = (path: string): string => ['_agent-run', ...path.split(' ').filter(Boolean)].join('_')

const commandFunction = ({ path, commands, options, values }: Outline): string => {
  const specs = options.flatMap(optionSpecs)
  if (commands.length === 0) {
    const rest = values.length > 0 ? `'1:value:(${values.join(' ')})'` : "'*:input:_files'"
    return `${functionName(path)}() {\n  _arguments ${[...specs, rest].join(' ')}\n}`
  }
  const described = commands.map(({ name, summary }) => quote(`${name}:${summary}`)).join(' ')
  const cases = commands.map(({ name }) => `      ${name}) ${functionName(`${path} ${name}`.trim())} ;;`).join('\n')
  return `${functionName(path)}() {
  local -a commands=(${described})
  local state line
  _arguments -C ${specs.join(' ')} '1:command:->command' '*::argument:->argument'
  case "$state" in
    command) _describe command commands ;;
    argument) case "$line[1]" in
${cases}
    esac ;;
  esac
}`
}

const optionSpecs = ({ long, short, summary, takesValue, values, takesPath }: OptionOutline): string[] => {
  // A blank action offers nothing.
  const action = values.length > 0 ? `(${values.join(' ')})` : takesPath ? '_files' : ' '
  const value = takesValue ? `:value:${action}` : ''
  return [long, short]
    .filter((name) => name !== undefined)
    .map((name) => quote(`${name}[${summary.replace(/[[\]:\\]/g, '\\$&')}]${value}`))
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
