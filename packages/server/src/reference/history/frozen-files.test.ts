import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { apis } from '../../apis/registry.ts'
import { freezeSurface, readReleases } from './frozen-files.ts'
import { historiesModule } from './module-text.ts'
import { surfaceAfter } from './releases.ts'
import { type OperationSurface, surfaceOf } from './surface.ts'

const released = join(import.meta.dirname, 'released')
const generated = readFileSync(join(import.meta.dirname, 'generated/histories.ts'), 'utf8')
const now = surfaceOf([...apis.values()])

describe('what was released', () => {
  test('is kept of every release whose schema is frozen, and of no other', () => {
    const schema = join(import.meta.dirname, '../../store/migrations/released.json')
    const frozen = JSON.parse(readFileSync(schema, 'utf8')) as readonly { readonly version: string }[]
    expect(readReleases(released).map(({ version }) => version)).toEqual(frozen.map(({ version }) => version))
    const files = readdirSync(released).filter((name) => name.endsWith('.surface.json'))
    expect(files.sort()).toEqual(frozen.map(({ version }) => `${version}.surface.json`).sort())
  })

  test('0.1.0 declared 130 operations', () => {
    expect(Object.keys(surfaceAfter(readReleases(released).slice(0, 1)))).toHaveLength(130)
  })

  // A difference means that a declaration was changed: run `npm run docs`.
  test('is compared with the declarations of now by what `npm run docs` writes', () => {
    expect(generated).toBe(historiesModule(readReleases(released), now))
  })
})

describe('a release that is frozen', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opensag-surfaces-'))
    writeFileSync(join(folder, 'releases.json'), '[]\n')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const first = { version: '0.1.0', date: '2026-12-01' }
  const bind: OperationSurface = { access: {}, params: {}, result: {}, errors: {} }

  test('is read as what was declared, with its date', () => {
    freezeSurface(folder, first, now)
    expect(readReleases(folder)).toEqual([{ ...first, surface: now }])
  })

  test('is kept as its difference from those before it', () => {
    freezeSurface(folder, first, now)
    freezeSurface(folder, { version: '0.2.0', date: '2026-12-02' }, { ...now, Bind: bind })
    expect(readFileSync(join(folder, '0.2.0.surface.json'), 'utf8')).toBe(`{\n"Bind":${JSON.stringify(bind)}\n}\n`)
    expect(surfaceAfter(readReleases(folder))).toEqual({ ...now, Bind: bind })
  })

  test('is not frozen a second time', () => {
    freezeSurface(folder, first, now)
    expect(() => freezeSurface(folder, first, {})).toThrow('0.1.0 is frozen already.')
    expect(readReleases(folder)).toEqual([{ ...first, surface: now }])
  })

  test('is not read, and none is frozen after it, when its file was edited', () => {
    freezeSurface(folder, first, { Bind: bind })
    const file = join(folder, '0.1.0.surface.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"access":{}', '"access":{"level":"Read"}'))
    const why = '0.1.0.surface.json was edited. What a release declared never changes: undo that.'
    expect(() => readReleases(folder)).toThrow(why)
    expect(() => freezeSurface(folder, { ...first, version: '0.2.0' }, now)).toThrow(why)
    expect(readdirSync(folder).sort()).toEqual(['0.1.0.surface.json', 'releases.json'])
  })
})
