import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { opensag, runToEnd } from '../support/process.ts'
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
      ['a command to read the help of', ['opensag', 'help', 'ba'], ['backup']],
      ['a group of operator', ['opensag', 'operator', 'de'], ['device']],
      ['a command of a group', ['opensag', 'operator', 'device', 'po'], ['power']],
      ['an option', ['opensag', 'operator', 'device', 'add', '--mo'], ['--model']],
      ['a value of an option', ['opensag', 'operator', 'device', 'add', '--model', 'sag-1'], ['sag-1000', 'sag-100wm']],
      ['a value of a setting', ['opensag', 'server', '--smtp-security', 's'], ['starttls']],
      ['a value of an argument', ['opensag', 'completion', 'z'], ['zsh']],
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

    // Outside of a terminal zsh completes no files; the test below has one.
    if (shell === 'zsh') return
    test('files and folders where a path is wanted', async () => {
      const ask = asking[shell] as (typeof asking)[string]
      const here = join(folder, 'paths')
      await mkdir(join(here, 'keys'), { recursive: true })
      await writeFile(join(here, 'keep.txt'), '')
      const found = (words: readonly string[]): readonly string[] =>
        spawnSync(shell, ask(script, ['opensag', ...words]), { encoding: 'utf8', cwd: here })
          .stdout.split('\n')
          .map((line) => line.replace(/\/$/, ''))
          .filter((line) => line !== '')
          .sort()
      expect(found(['rotate', '--recipients-file', 'ke'])).toEqual(['keep.txt', 'keys'])
      expect(found(['rotate', 'open', 'ke'])).toEqual(['keep.txt', 'keys'])
      expect(found(['backup', '--to', 'ke'])).toEqual(['keys'])
    })
  })
})

const zshIsThere = spawnSync('zsh', ['-c', 'true']).status === 0
const ofZsh = 'the first Tab in a terminal of zsh completes by the file in a folder of fpath'

/** What a person's zsh reads first; the key `^X` shows the line as it stands. */
const zshSettings = `PS1= PS2= RPS1=
fpath=($PWD $fpath)
autoload -Uz compinit
compinit -u -D
shown() { print -r -- "<<$BUFFER>>" }
zle -N shown
bindkey '^X' shown
print ready`

/** Types each argument and a Tab. */
const zshTerminal = `zmodload zsh/zpty
for typed in "$@"; do
  zpty opensag zsh -f -i
  zpty -w opensag 'source ./settings.zsh'
  zpty -r opensag line '*ready*'
  zpty -w -n opensag "$typed"$'\\t\\x18'
  zpty -r opensag line '*<<*>>*'
  print -r -- "$line"
  zpty -d opensag
done`

test.skipIf(!zshIsThere)(
  zshIsThere ? ofZsh : `${ofZsh} (enable with: apt-get install -y zsh)`,
  async () => {
    const cwd = join(folder, 'zsh')
    await mkdir(cwd, { recursive: true })
    await writeFile(join(cwd, '_opensag'), (await opensag(['completion', 'zsh'])).output)
    await writeFile(join(cwd, 'settings.zsh'), zshSettings)
    await writeFile(join(cwd, 'keepers.txt'), '')
    const typed = ['opensag ba', 'opensag call ModifySAGAdminPassword Pass', 'opensag rotate --recipients-file ke']
    const { output } = await runToEnd('zsh', ['-fc', zshTerminal, 'zsh', ...typed], { cwd })
    expect(output.match(/(?<=<<).+?(?=>>)/g)).toEqual([
      'opensag backup ',
      'opensag call ModifySAGAdminPassword Password=@-',
      'opensag rotate --recipients-file keepers.txt ',
    ])
  },
  limit(60_000),
)

test('another shell is refused', async () => {
  const { code, errors } = await opensag(['completion', 'tcsh'])
  expect({ code, errors }).toEqual({
    code: 2,
    errors: expect.stringMatching(/^<shell> must be one of bash, zsh, fish/),
  })
})
