import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { opensag } from '../support/process.ts'
import { limit } from '../support/time.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-completion-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** How a test asks a shell for the words that can follow; the last word is the one being typed. */
const asking: Readonly<Record<string, (script: string, words: readonly string[]) => readonly string[]>> = {
  bash: (script, words) => [
    '-c',
    `source ${script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _opensag; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    ...words,
  ],
  // Outside of a terminal, zsh has no completion of its own: what the script tells it is printed.
  zsh: (script, asked) => [
    '-fc',
    `compdef() { }; _files() { print files }
     compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -l -- "$@" | grep "^\${words[CURRENT]}" }
     _describe() { eval "local -a list=(\\"\\\${\${2}[@]}\\")"; compadd -- "\${list[@]%%:*}" }
     source ${script}; words=("$@"); CURRENT=$#; _opensag`,
    'zsh',
    ...asked,
  ],
  fish: (script, words) => ['-c', `source ${script}; complete -C '${words.join(' ')}' | string split -f 1 \\t`],
}

describe.each(['bash', 'zsh', 'fish'])('completion for %s', (shell) => {
  const isThere = spawnSync(shell, ['-c', 'true']).status === 0
  const title = isThere ? 'completes' : `completes (enable with: apt-get install -y ${shell})`

  describe.skipIf(!isThere)(title, () => {
    let script: string
    beforeAll(async () => {
      const { code, output, errors } = await opensag(['completion', shell])
      expect({ code, errors }).toEqual({ code: 0, errors: '' })
      script = join(folder, `opensag.${shell}`)
      await writeFile(script, output)
    }, limit(30_000))

    test.each([
      ['a command', ['opensag', 'ba'], ['backup']],
      ['a group of operator', ['opensag', 'operator', 'de'], ['device']],
      ['a command of a group', ['opensag', 'operator', 'device', 'po'], ['power']],
      ['an option', ['opensag', 'operator', 'device', 'add', '--mo'], ['--model']],
      ['a value of an option', ['opensag', 'operator', 'device', 'add', '--model', 'sag-1'], ['sag-1000', 'sag-100wm']],
      ['an operation', ['opensag', 'call', 'DescribeReg'], ['DescribeRegions']],
      ['an operation of another API', ['opensag', 'call', 'AssumeR'], ['AssumeRole']],
      ['a parameter', ['opensag', 'call', 'ModifySAGAdminPassword', 'SmartAG'], ['SmartAGId=', 'SmartAGSn=']],
      ['a secret', ['opensag', 'call', 'ModifySAGAdminPassword', 'Pass'], ['Password=@-']],
    ])('%s', (_, words, expected) => {
      const ask = asking[shell] as (typeof asking)[string]
      const { stdout, stderr } = spawnSync(shell, ask(script, words), { encoding: 'utf8' })
      expect(stderr).toBe('')
      expect(stdout.trim().split('\n').sort()).toEqual(expected)
    })
  })
})

test('another shell is refused', async () => {
  const { code, errors } = await opensag(['completion', 'tcsh'])
  expect({ code, errors }).toEqual({
    code: 2,
    errors: expect.stringMatching(/^<shell> must be one of bash, zsh, fish/),
  })
})
