import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectsOfShell } from '../../src/effects/index.ts'
import { readShell } from '../../src/effects/shell-reader.ts'

const place = { root: '/home/ada/shop', cwd: '/home/ada/shop' }

/** Effects beside the `exec` for the whole line, as `kind target_kind target`. */
const beside = (command: string, where: { root?: string; cwd?: string } = place): string[] =>
  effectsOfShell(command, where)
    .slice(1)
    .map(({ kind, target_kind, target }) => [kind, target_kind, target].filter(Boolean).join(' '))

const words = (command: string): string[][] =>
  readShell(command).flatMap((item) => (item.type === 'command' ? [item.words.map(({ text }) => text)] : []))

describe('readShell', () => {
  it.each([
    ['a b  c', [['a', 'b', 'c']]],
    ['echo \'a b\' "c d" e\\ f', [['echo', 'a b', 'c d', 'e f']]],
    ['a && b || c; d | e |& f & g', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
    ['a # b\nc', [['a'], ['c']]],
    ['a \\\n b', [['a', 'b']]],
    ['if a; then b; else c; fi', [['a'], ['b'], ['c']]],
    ['for x in 1 2; do echo $x; done', [['echo', '$x']]],
    ['while read line; do a; done < file', [['read', 'line'], ['a'], []]],
    ['case $x in a) b;; c|d) e;; esac', [['b'], ['e']]],
    ['(cd x && a)', [['cd', 'x'], ['a']]],
    ['{ a; b; } > f', [['a'], ['b'], []]],
    ['f() { a; }', [['a']]],
    ['a $(b `c`) "$(d)"', [['c'], ['b', '$(…)'], ['d'], ['a', '$(…)', '$(…)']]],
    ['diff <(a) <(b)', [['a'], ['b'], ['diff', '', '']]],
    ['cat <<EOF > f\nrm -rf /\nEOF\nb', [['cat'], ['b']]],
    ["cat <<-'X'\n\tx\n\tX\nb", [['cat'], ['b']]],
    ['a <<< "rm x"', [['a']]],
    ['[[ a > b ]] && c', [['[[', 'a', 'b', ']]'], ['c']]],
    ['(( i > 3 )) && a', [['a']]],
    ['x=(1 2 3) a', [['x=', 'a']]],
    [`echo \${x:-y} $((1+2))`, [['echo', `\${x:-y}`, '$((…))']]],
  ])('%s', (command, expected) => {
    expect(words(command)).toEqual(expected)
  })

  it('never throws, whatever it is given, and stays within its limits', () => {
    const pieces = fc.constantFrom(
      'a',
      ' ',
      '\n',
      "'",
      '"',
      '\\',
      '$',
      '$(',
      '`',
      '(',
      ')',
      '{',
      '}',
      '<',
      '>',
      '<<',
      '&',
      '|',
      ';',
      '#',
      '((',
      '))',
      '${',
      '<(',
      'EOF',
      'case',
      'in',
      'for',
      'if',
      '[[',
      ']]',
      '=',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 200 }), (parts) => {
        expect(readShell(parts.join('')).length).toBeLessThanOrEqual(1200)
      }),
      { numRuns: 3000, seed: 6 },
    )
    for (const bomb of [
      '$('.repeat(100_000),
      '('.repeat(100_000),
      '`a'.repeat(50_000),
      '"$('.repeat(50_000),
      'a;'.repeat(100_000),
      '${'.repeat(60_000),
      '<<a '.repeat(20_000),
    ]) {
      expect(readShell(bomb).length).toBeLessThanOrEqual(1200)
    }
  })
})

describe('effects of a command line', () => {
  it('begin with one exec for the whole line', () => {
    expect(effectsOfShell('npm test', place)).toEqual([
      { kind: 'exec', target_kind: 'command', target: 'npm test', reversible: 'unknown' },
    ])
  })

  it.each([
    ['rm -rf dist build/x', ['delete file dist', 'delete file build/x']],
    ['sudo -u root rm /etc/passwd', ['delete file /etc/passwd']],
    ['find . -name "*.tmp" -delete', ['delete file .']],
    ['find src -type f -exec rm {} +', ['delete file src']],
    ['git ls-files | xargs rm', ['delete file']],
    ['mv a b', ['delete file a', 'write file b']],
    ['cp -r a b', ['write file b']],
    ['echo x > out.txt', ['write file out.txt']],
    ['echo x >> /var/log/x 2>&1', ['write file /var/log/x']],
    ['make > /dev/null 2>&1', []],
    ['npm test 2>&1 | tee out.log', ['write file out.log']],
    ["sed -i 's/a/b/' a.txt b.txt", ['write file a.txt', 'write file b.txt']],
    ["sed 's/a/b/' a.txt", []],
    ['mkdir -p a/b && touch a/b/c', ['write file a/b', 'write file a/b/c']],
    ['tar xzf a.tgz -C out', ['write file out']],
    ['tar czf a.tgz src', ['write file a.tgz']],
    ['dd if=/dev/zero of=disk.img', ['write file disk.img']],
    ['cat <<EOF > note.md\nrm -rf /\nEOF', ['write file note.md']],
    ['git commit -m "rm -rf /"', ['write repo']],
    ['git add -A && git status', ['write repo']],
    ['git status; git log; git diff; git branch', []],
    ['git push origin main', ['deploy repo origin main']],
    ['git push --dry-run origin', ['network repo origin']],
    ['git pull', ['network repo', 'write repo']],
    ['git rm a.txt', ['delete file a.txt']],
    ['git -C /elsewhere rm a.txt', ['delete file']],
    ['gh pr create --title x --body y', ['write pull_request']],
    ['gh pr comment 5 --body hi', ['message pull_request 5']],
    ['gh issue list', ['network ticket']],
    ['npm publish', ['deploy package']],
    ['npm publish --dry-run', []],
    ['npm install express', ['network package express']],
    ['npm test && npm run build', []],
    ['cargo publish', ['deploy package']],
    ['docker push ada/shop:1', ['deploy service ada/shop:1']],
    ['docker build -t x .', []],
    ['kubectl apply -f a.yaml', ['deploy cloud']],
    ['kubectl delete pod x', ['delete cloud pod x']],
    ['kubectl get pods', ['network cloud pods']],
    ['terraform apply -auto-approve', ['deploy cloud']],
    ['terraform destroy', ['delete cloud']],
    ['terraform fmt', []],
    ['vercel --prod', ['deploy cloud']],
    ['aws s3 cp a s3://b/c', ['write cloud cp a s3://b/c']],
    ['curl -s "https://ada:pw@example.org/a?token=1#x"', ['network url https://example.org/a']],
    ['curl -o out.json https://example.org/a', ['network url https://example.org/a', 'write file out.json']],
    ['curl -X POST -d @x -H "a: b" https://example.org', ['network url https://example.org']],
    ['wget https://example.org/a.tgz', ['network url https://example.org/a.tgz', 'write file']],
    ['ssh ada@example.org uptime', ['network service example.org']],
    ['scp a.txt ada@example.org:/tmp', ['network service example.org']],
    ['scp ada@example.org:/tmp/a.txt .', ['network service example.org', 'write file .']],
    ['kill -9 123', ['process process']],
    ['npm start &', ['process process npm']],
    ['nohup npm start', ['process process npm']],
    ['systemctl restart nginx', ['process service nginx']],
    ['crontab -e', ['schedule calendar']],
    ['psql -c "drop table x"', ['other database']],
    ['mail -s hi ada@example.org', ['message person ada@example.org']],
    ['ssh-keygen -t ed25519', ['credential credential']],
    ["bash -c 'rm a && git push'", ['delete file a', 'deploy repo']],
    ['bash -lc "rm $x"', ['delete file']],
    ['eval "rm a"', ['delete file a']],
    ['echo $(rm a)', ['delete file a']],
    ['FOO=bar env BAZ=1 timeout 5 rm a', ['delete file a']],
    ['command -v rm', []],
    ['echo rm a', []],
    ['rm "$FILE" ~/x', ['delete file', 'delete file ~/x']],
    ['$TOOL rm a', []],
  ])('%s', (command, expected) => {
    expect(beside(command)).toEqual(expected)
  })

  it('follow the current folder', () => {
    expect(beside('cd src && rm a')).toEqual(['delete file src/a'])
    expect(beside('(cd src && rm a); rm b')).toEqual(['delete file src/a', 'delete file b'])
    expect(beside('cd /tmp; rm a')).toEqual(['delete file /tmp/a'])
    expect(beside('cd "$X"; rm a /b')).toEqual(['delete file', 'delete file /b'])
    expect(beside('rm a', { root: '/home/ada/shop', cwd: '/home/ada/shop/src' })).toEqual(['delete file src/a'])
  })

  it('name files as they are written where no folder is known, until the shell leaves it', () => {
    expect(beside('rm ./a', {})).toEqual(['delete file a'])
    expect(beside('rm ../a', {})).toEqual(['delete file'])
    expect(beside('cd src && rm a', {})).toEqual(['delete file'])
    expect(beside('(cd src; rm a); rm b', {})).toEqual(['delete file', 'delete file b'])
    expect(beside('cd /tmp; rm a', {})).toEqual(['delete file /tmp/a'])
  })

  it('say what was done in the words of the tool, and whether it can be undone', () => {
    expect(effectsOfShell('git push origin main', place)[1]).toEqual({
      kind: 'deploy',
      operation: 'git push',
      target_kind: 'repo',
      target: 'origin main',
      reversible: 'partial',
    })
    expect(effectsOfShell('npm publish', place)[1]).toEqual({
      kind: 'deploy',
      operation: 'npm publish',
      target_kind: 'package',
      reversible: 'partial',
    })
  })

  it('are bounded and never fail', () => {
    expect(effectsOfShell(Array.from({ length: 500 }, (_, at) => `rm f${at}`).join(';'), place).length).toBe(64)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (command) => {
        expect(effectsOfShell(command, place)[0]?.kind).toBe('exec')
      }),
      { numRuns: 2000, seed: 6 },
    )
  })
})
