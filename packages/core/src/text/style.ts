/** How text is set off. With colours off every function returns its text unchanged. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
  cyan(text: string): string
}

/** What decides about colours, in this order: the option, `NO_COLOR`, `FORCE_COLOR`, the terminal. */
export interface ColourWish {
  /** `--color` or `--no-color`; undefined: neither was given. */
  readonly option: boolean | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isTerminal: boolean
}

/** Whether to write colours. `NO_COLOR` and `FORCE_COLOR` count when they are not empty; `FORCE_COLOR=0` means none. */
export function wantsColour({ option, env, isTerminal }: ColourWish): boolean {
  if (option !== undefined) return option
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false'
  return isTerminal && env['TERM'] !== 'dumb'
}

const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`

const same = (text: string): string => text

/** ANSI styles, or none. */
export function styleOf(colours: boolean): Style {
  if (!colours) return { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same }
  return {
    bold: sgr(1, 22),
    dim: sgr(2, 22),
    red: sgr(31, 39),
    yellow: sgr(33, 39),
    green: sgr(32, 39),
    cyan: sgr(36, 39),
  }
}
