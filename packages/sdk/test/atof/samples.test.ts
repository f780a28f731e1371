import { atofAdapter } from '../../src/adapters/atof/index.ts'
import { checksSamples } from '../samples/check-samples.ts'

checksSamples(atofAdapter, 'atif_count.py', [
  ['atif/exmp01_atof.jsonl'],
  ['atif/exmp02_atof.jsonl'],
  ['atif/exmp03_atof.jsonl'],
])
