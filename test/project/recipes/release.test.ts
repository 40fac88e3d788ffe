// The recipe "A release" of CONTRIBUTING.md, as far as it changes files.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apis } from '../../../packages/server/src/apis/registry.ts'
import { freezeSurface, readReleases } from '../../../packages/server/src/reference/history/frozen-files.ts'
import { historiesModule } from '../../../packages/server/src/reference/history/module-text.ts'
import { surfaceOf } from '../../../packages/server/src/reference/history/surface.ts'
import { root } from '../../support/process.ts'

const now = surfaceOf([...apis.values()])
const version = '99.0.0'
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-release-'))
  await cp(join(root, 'packages/server/src/reference/history/released'), folder, { recursive: true })
  freezeSurface(folder, { version, date: '2099-01-01' }, now)
})

afterAll(() => rm(folder, { recursive: true }))

test('the recipe names the commands, in their order', async () => {
  const [, recipe = ''] = (await readFile(join(root, 'CONTRIBUTING.md'), 'utf8')).split('\n### A release\n')
  const commands = [...(recipe.split(/^##/m, 1)[0] ?? '').matchAll(/`(?<command>(?:node|npm) [^`]+)`/g)]
  expect(commands.map(({ groups }) => groups?.['command'])).toEqual([
    'npm run release -- --set VERSION',
    'node scripts/freeze-release.js VERSION',
    'npm run docs',
    'npm test',
    'npm run release -- --key FILE',
    'npm publish',
  ])
  const script = await readFile(join(root, 'scripts/freeze-release.js'), 'utf8')
  expect(script).toContain('freezeSurface(surfacesFolder')
})

test('what was unreleased is in the histories of the release, and nothing is unreleased after it', () => {
  const releases = readReleases(folder)
  expect(releases.at(-1)).toMatchObject({ version, date: '2099-01-01' })
  const before = entriesIn(historiesModule(releases.slice(0, -1), now))
  const after = entriesIn(historiesModule(releases, now))
  expect(after.filter((entry) => !('release' in entry))).toEqual([])
  const unreleased = before.filter((entry) => !('release' in entry))
  const ofTheRelease = after.filter(({ release }) => release === releases.length - 1)
  expect(ofTheRelease.map(({ release: _, ...changes }) => changes)).toEqual(unreleased)
})

test('a declaration that is changed after the release is unreleased', () => {
  const { ModifySAGAdminPassword: own } = now
  if (own === undefined) throw new Error('There is no such operation.')
  const changed = { ...now, ModifySAGAdminPassword: { ...own, access: { ...own.access, level: 'Read' } } }
  const entries = entriesIn(historiesModule(readReleases(folder), changed))
  expect(entries.filter((entry) => !('release' in entry))).toEqual([{ access: { level: ['Write', 'Read'] } }])
})

function entriesIn(module: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = module.matchAll(/^ {2}\w+: (?<entries>\[.*\]),$/gm)
  return [...lines].flatMap(({ groups }) => JSON.parse(groups?.['entries'] ?? '[]'))
}
