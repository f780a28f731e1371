import { atifAdapter } from '../../src/adapters/atif/index.ts'
import { checksSamples } from '../samples/check-samples.ts'

checksSamples(atifAdapter, 'atif_count.py', [
  ['atif/exmp01_atif.json'],
  ['atif/exmp02_atif.json'],
  ['atif/exmp03_atif.json'],
])
