// The manual as it is shipped, read by the programs that show it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allCommands } from '../../packages/cli/src/commands/all.ts'
import { commandAbouts } from '../../packages/cli/src/commands/names.ts'
import { extras } from '../../packages/cli/src/pages/extras.ts'
import { programOf } from '../../packages/cli/src/program-of.ts'
import { writePages } from '../../scripts/support/shipped-pages.js'
import { runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'

const folder = mkdtempSync(join(tmpdir(), 'opensag-manual-'))
const secret = '/home/builder/of-the-package'
let pages: readonly string[]

const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
const named = (title: string, program: string, of: string): string =>
  isThere(program) ? title : `${title} (enable with: apt-get install -y ${of})`

beforeAll(async () => {
  // A variable of who builds is no default of who reads.
  process.env['OPENSAG_DATA'] = secret
  await writePages(folder, { isOfAgent: false }).finally(() => delete process.env['OPENSAG_DATA'])
  const shipped = ['man/man1', 'man/zh_CN/man1', 'whole'].map((name) => join(folder, name))
  pages = shipped.flatMap((place) => readdirSync(place).map((name) => join(place, name)))
}, limit(60_000))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pageOf = (name: string): string => readFileSync(join(folder, 'man/man1', name), 'utf8')

/** As a reader sees it, in a line too long to be broken. */
async function shown(file: string): Promise<string> {
  const environment = { MANWIDTH: '2000', MANPAGER: 'cat', LC_ALL: 'C.UTF-8', MAN_KEEP_FORMATTING: undefined }
  const { code, output, errors } = await runToEnd('man', ['--warnings', '-l', file], { environment })
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return output
}

test('there is a page for the program and for each of its commands, in both languages', () => {
  const names = Object.keys(commandAbouts).map((name) => `opensag-${name}.1`)
  for (const place of ['man/man1', 'man/zh_CN/man1']) {
    expect(readdirSync(join(folder, place)).sort()).toEqual(['opensag.1', ...names].sort())
  }
})

test.skipIf(!isThere('mandoc'))(named('mandoc has nothing to say against them', 'mandoc', 'mandoc'), async () => {
  const { output, errors } = await runToEnd('mandoc', ['-T', 'lint', '-W', 'warning', ...pages])
  expect(output + errors).toBe('')
})

describe.skipIf(!isThere('man'))(named('shown by man', 'man', 'man-db'), () => {
  test(
    'a page has every option of its command and of those below, and what they are about',
    async () => {
      const rotate = await shown(join(folder, 'man/man1/opensag-rotate.1'))
      const help = await runToEnd(process.execPath, ['packages/cli/bin/opensag.js', 'rotate', '--help'])
      const flags = help.output.match(/^ {2}--[\w-]+/gm) ?? []
      expect(flags.length).toBeGreaterThan(30)
      expect(flags.filter((flag) => !new RegExp(`^ +${flag.trim()}\\b`, 'm').test(rotate))).toEqual([])
      expect(rotate).toContain('opensag rotate open [options] <file>')
      expect(rotate).toContain('Private key that signs the evidence; created if missing (OPENSAG_EVIDENCE_KEY).')
      expect(rotate).toMatch(/EXIT STATUS\s+0 +Success\.\s+1 .*\s+2 +Wrong usage\./)
      expect(rotate).toMatch(/SEE ALSO\s+opensag\(1\), opensag-call\(1\)/)
    },
    limit(30_000),
  )

  test(
    'the one page of the npm package has all of them',
    async () => {
      const whole = await shown(join(folder, 'whole/opensag.1'))
      expect(whole).toContain('opensag operator device add [options]\n')
      for (const about of Object.values(commandAbouts)) expect(whole).toContain(about)
    },
    limit(30_000),
  )
})

test('a default that is another on each machine is described, and no variable of the builder is a default', () => {
  expect(pageOf('opensag-simulate.1')).toContain('Default: one for each processor.')
  expect(pages.filter((file) => readFileSync(file, 'utf8').includes(secret.replaceAll('-', '\\-')))).toEqual([])
  expect(pageOf('opensag-backup.1')).toContain('Default: .opensag.')
})

test('every example names a command and options that there are', async () => {
  const program = await programOf(allCommands)
  const wrong = Object.values(extras)
    .flatMap(({ examples }) => examples)
    .flatMap(({ line }) => {
      let command = program
      const words = line.split(' ').slice(1)
      for (let next = words[0]; ; next = words[0]) {
        const below = command.commands.find((one) => one.name() === next)
        if (below === undefined) break
        command = below
        words.shift()
      }
      const flags = words.filter((word) => word.startsWith('--'))
      const unknown = flags.filter((flag) => !command.options.some(({ long }) => long === flag))
      return command === program || unknown.length > 0 ? [line] : []
    })
  expect(wrong).toEqual([])
})

test(
  'a gateway gets the pages and words of what it has',
  async () => {
    const own = join(folder, 'gateway')
    await writePages(own, { isOfAgent: true })
    expect(readdirSync(join(own, 'man/man1'))).toEqual(['opensag-agent.1', 'opensag-pop.1', 'opensag.1'])
    expect(readFileSync(join(own, 'man/man1/opensag-agent.1'), 'utf8')).not.toContain('opensag\\-server')
    for (const name of ['bash-completion/completions/opensag', 'fish/vendor_completions.d/opensag.fish']) {
      expect(existsSync(join(own, name)), basename(name)).toBe(true)
      expect(readFileSync(join(own, name), 'utf8')).not.toContain('DescribeRegions')
    }
  },
  limit(60_000),
)
