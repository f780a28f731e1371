// The session: what the person asks and what the agent says and does. Nothing here states a result;
// `passes` and `fails` stop the recording when reality is not what the texts go on to talk about.
import { readFileSync } from 'node:fs'
import { call, say, think } from './agent.mjs'

const written = (name) => readFileSync(new URL(`./project/written/${name}`, import.meta.url), 'utf8')

const passes = (...results) => {
  for (const { isError, content } of results) if (isError) throw new Error(`expected success, got: ${content}`)
}
const fails = (result, sign) => {
  if (!result.isError || !result.content.includes(sign)) throw new Error(`expected a failure with "${sign}"`)
}

/** What the person allows: no recursive forced deletion by rule, and no publishing when asked. */
export const permission = (name, { command = '' }) => {
  if (name !== 'Bash') return 'allow'
  if (/\brm -rf\b/.test(command)) return 'deny'
  return /\bnpm publish\b/.test(command) ? 'reject' : 'allow'
}

/**
 * Plays the session.
 * @param {object} session
 * @param {(text: string, mode: string, work: () => Promise<void>) => Promise<void>} session.turn one turn of the person
 * @param {(...blocks: object[]) => Promise<object[]>} session.answer
 * @param {(name: string) => string} session.at absolute path of a file of the project
 */
export const play = async ({ turn, answer, at }) => {
  const write = (name) => call('Write', { file_path: at(name), content: written(name) })
  const read = (name) => call('Read', { file_path: at(name) })
  const edit = (name, old_string, new_string) => call('Edit', { file_path: at(name), old_string, new_string })
  const bash = (command, description) => call('Bash', { command, description })
  const test = () => bash('npm test', 'Run the tests')
  const todos = (...states) =>
    call('TodoWrite', {
      todos: ['Write tests', 'Implement sections, quotes and errors', 'Update the README'].map((content, index) => ({
        content,
        status: states[index],
        activeForm: content,
      })),
    })

  await turn(
    'Teach the parser [sections] and quoted values, and let errors name the line. No dependencies, tests first please.',
    'acceptEdits',
    async () => {
      passes(
        ...(await answer(
          think('I should see what is there before I plan: the files, the history, and whether the tests pass now.'),
          say('I will look at the project first.'),
          call('Glob', { pattern: '**/*.js' }),
          bash('git log --oneline && git status --short', 'Show history and state'),
        )),
      )
      passes(...(await answer(read('package.json'), read('src/parse.js'), read('test/parse.test.js'))))
      passes(...(await answer(say('Before I change anything: do the tests pass?'), test())))
      passes(
        ...(await answer(todos('in_progress', 'pending', 'pending'), bash('git switch -c sections', 'Start a branch'))),
      )
      passes(
        ...(await answer(
          say('Tests first.'),
          write('test/sections.test.js'),
          write('test/quotes.test.js'),
          write('test/errors.test.js'),
        )),
      )
      const [red] = await answer(say('They should fail now.'), test())
      fails(red, 'Exit code 1')
      passes(...(await answer(todos('completed', 'in_progress', 'pending'))))
      passes(
        ...(await answer(
          think('Three small files: the error with its line, reading a value, and the loop over lines.'),
          write('src/ini-error.js'),
          write('src/value.js'),
          write('src/parse.js'),
        )),
      )
      const [stillRed] = await answer(test())
      fails(stillRed, 'leaves an equals sign inside a value alone')
      passes(
        ...(await answer(
          think('Only the equals sign inside a value fails. Somewhere a line is cut at every "=".'),
          say('One test is left: an equals sign inside a value. I am looking for where the line is cut.'),
          call('Grep', { pattern: 'split\\(', path: at('src') }),
        )),
      )
      passes(
        ...(await answer(
          say("`split('=')` cuts at every equals sign. Only the first one separates."),
          edit(
            'src/parse.js',
            "    const [key, value] = line.split('=')\n" +
              '    if (value === undefined) throw new IniError(\'expected "key = value"\', index + 1)\n' +
              '    section[key.trim()] = readValue(value.trim(), index + 1)\n',
            "    const equals = line.indexOf('=')\n" +
              '    if (equals < 1) throw new IniError(\'expected "key = value"\', index + 1)\n' +
              '    section[line.slice(0, equals).trim()] = readValue(line.slice(equals + 1).trim(), index + 1)\n',
          ),
        )),
      )
      passes(...(await answer(test())))
      passes(
        ...(await answer(
          todos('completed', 'completed', 'in_progress'),
          edit(
            'README.md',
            'Sections and quotes are not supported yet.\n',
            '`[section]` puts the keys below it under `section`; a value may stand in double quotes.\n' +
              'A fault is an `IniError` whose `line` says where it is.\n',
          ),
        )),
      )
      passes(
        ...(await answer(
          bash(
            'git add -A && git commit -q -m "Sections, quoted values, errors with a line" && git log --oneline -1',
            'Commit',
          ),
        )),
      )
      await answer(
        todos('completed', 'completed', 'completed'),
        say(
          'Sections and quoted values work, errors name their line, and the tests pass. It is committed on `sections`.',
        ),
      )
    },
  )

  await turn(
    'Have somebody else look over it, then measure how fast it is. Clean up after yourself.',
    'acceptEdits',
    async () => {
      const prompt =
        'Review src/ of this INI parser. Look for inputs that lose data or that do harm. Show each fault with a command, change nothing.'
      passes(
        ...(await answer(
          say('A second pair of eyes first.'),
          call('Task', { subagent_type: 'reviewer', description: 'Review the parser', prompt }, (reviewer) =>
            review({ answer: reviewer, read, bash, at }),
          ),
        )),
      )
      passes(
        ...(await answer(
          think('Both faults are in how a section is opened. That deserves a function of its own, and tests.'),
          say('Both faults are real. I am fixing them, with tests.'),
          write('test/hostile.test.js'),
          write('src/section.js'),
          edit(
            'src/parse.js',
            '      section = out[line.slice(1, -1).trim()] = {}\n',
            '      section = openSection(out, line.slice(1, -1).trim(), index + 1)\n',
          ),
        )),
      )
      const [noImport] = await answer(test())
      fails(noImport, 'openSection is not defined')
      passes(
        ...(await answer(
          say('I forgot the import.'),
          edit(
            'src/parse.js',
            "import { readValue } from './value.js'\n",
            "import { openSection } from './section.js'\nimport { readValue } from './value.js'\n",
          ),
        )),
      )
      passes(...(await answer(test())))
      passes(
        ...(await answer(
          say('Now the speed, on a large file.'),
          write('tmp/bench.mjs'),
          bash(
            'mkdir -p tmp && for i in $(seq 1 5000); do printf "[section-%d]\\nname = \\"value %d\\"\\nport = %d\\n" $i $i $i; done > tmp/big.ini && wc -c tmp/big.ini',
            'Write a large input',
          ),
        )),
      )
      passes(...(await answer(bash('node tmp/bench.mjs', 'Measure'))))
      const [denied] = await answer(say('Cleaning up.'), bash('rm -rf tmp', 'Remove the folder'))
      fails(denied, 'has been denied')
      passes(
        ...(await answer(
          say('A rule forbids that. I only need to remove the two files that I made.'),
          bash(
            'rm tmp/bench.mjs tmp/big.ini && rmdir tmp && git status --short',
            'Remove two files and the empty folder',
          ),
        )),
      )
      passes(
        ...(await answer(
          bash('git add -A && git commit -q -m "Open sections safely" && git log --oneline -1', 'Commit'),
        )),
      )
      await answer(
        say('The review found two faults, both are fixed and tested. The measurement is above; its files are gone.'),
      )
    },
  )

  await turn('Good. Make it 0.2.0 and release it.', 'default', async () => {
    const [missing] = await answer(say('I look for a changelog.'), read('CHANGELOG.md'))
    fails(missing, 'File does not exist')
    passes(
      ...(await answer(
        say('There is none yet.'),
        write('CHANGELOG.md'),
        edit('package.json', '"version": "0.1.0"', '"version": "0.2.0"'),
      )),
    )
    passes(...(await answer(bash('npm test && npm pack --dry-run', 'Test, and see what would be packed'))))
    passes(
      ...(await answer(
        bash(
          'git add -A && git commit -q -m "0.2.0" && git tag v0.2.0 && git log --oneline -1 --decorate',
          'Commit and tag',
        ),
      )),
    )
    const [rejected] = await answer(
      say('Tests pass and the tag is set. Publishing.'),
      bash('npm publish', 'Publish 0.2.0'),
    )
    fails(rejected, "doesn't want to proceed")
  })

  await turn('No, publishing is done by CI. Tell me what the tag holds and stop there.', 'default', async () => {
    passes(
      ...(await answer(
        bash('git show --stat --format=%s v0.2.0', 'Show the tagged commit'),
        bash('git status --short --branch', 'Show the state'),
      )),
    )
    await answer(
      say(
        '`v0.2.0` holds the changelog and the version; the working tree is clean. Nothing was published and nothing was pushed.',
      ),
    )
  })
}

/** The sub-agent's part. */
const review = async ({ answer, read, bash, at }) => {
  passes(
    ...(await answer(
      call('Grep', { pattern: 'throw|out\\[', path: at('src') }),
      read('src/parse.js'),
      read('src/value.js'),
    )),
  )
  passes(
    ...(await answer(
      think(
        'A section that comes twice is assigned anew, so the first keys are lost. And `__proto__` is a name like any other here.',
      ),
      bash(
        `node -e "import('./src/parse.js').then(({ parse }) => console.log(parse('[a]\\nx = 1\\n[a]\\ny = 2')))"`,
        'A section that comes twice',
      ),
      bash(
        `node -e "import('./src/parse.js').then(({ parse }) => console.log(parse('[__proto__]\\nadmin = yes').admin))"`,
        'A section called __proto__',
      ),
    )),
  )
  await answer(
    say(
      'Two faults, both where a section is opened. A section that comes twice loses the keys of the first. ' +
        'A section called `__proto__` becomes the prototype of the result, so its keys look like keys of the file.',
    ),
  )
}
