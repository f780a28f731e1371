import { basename } from 'node:path'

/** Name of a program without its folder and without the ending that Windows gives it. */
export const programName = (program: string): string => basename(program).replace(/\.(?:exe|cmd|bat)$/i, '') || program
