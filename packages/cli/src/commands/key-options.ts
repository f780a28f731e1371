import { Option } from 'commander'
import { once } from './option-values.ts'

/** The key of a command, by which it signs or seals. */
export const keyOption = (summary: string): Option => new Option('-k, --key <file>', summary).argParser(once)

/** Where the passphrase of that key is; an argument could be read by everybody on the machine. */
export const passphraseOption = (): Option =>
  new Option('--passphrase-file <file>', 'file whose first line is the passphrase of the key').argParser(once)
