import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'

interface Component {
  readonly purl: string
  readonly licenses?: readonly unknown[]
}

let folder: string
let text: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opensag-sbom-'))
  text = await bill('first.json')
}, limit(60_000))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function bill(name: string): Promise<string> {
  const file = join(folder, name)
  expect(await runToEnd(process.execPath, ['scripts/sbom.js', file])).toMatchObject({ code: 0, errors: '' })
  return readFileSync(file, 'utf8')
}

const components = (): readonly Component[] => (JSON.parse(text) as { components: readonly Component[] }).components
const names = (): readonly string[] =>
  components().map(({ purl }) => decodeURIComponent(purl.slice('pkg:npm/'.length)).replace(/@[^@]*$/, ''))

test('everything a package imports is in the bill of materials, with a version and a licence', () => {
  const needed = readdirSync(join(root, 'packages')).flatMap((name) => {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as {
      readonly dependencies?: Readonly<Record<string, string>>
    }
    return Object.keys(manifest.dependencies ?? {})
  })
  const inBundle = readFileSync(join(root, 'packages/cli/bundle/THIRD-PARTY-NOTICES.txt'), 'utf8')
  const bundled = [...inBundle.matchAll(/^-{80}\n\n(\S+) /gm)].map(([, name = '']) => name)
  expect(bundled.length).toBeGreaterThan(40)
  expect(needed.length).toBeGreaterThan(20)
  expect(names()).toEqual(expect.arrayContaining([...needed, ...bundled, 'svelte']))
  expect(components().filter(({ purl, licenses = [] }) => !/@\d/.test(purl) || licenses.length === 0)).toEqual([])
})

test('what only tests and tools need is not in it', () => {
  const tools = ['vitest', 'typescript', 'playwright-core', '@biomejs/biome', 'knip', 'fast-check', '@opensag/bench']
  expect(names().filter((name) => tools.includes(name))).toEqual([])
})

test(
  'it is CycloneDX, and the same installation gives the same bytes',
  async () => {
    expect(JSON.parse(text)).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'opensag' } } })
    expect(await bill('second.json')).toBe(text)
  },
  limit(60_000),
)
