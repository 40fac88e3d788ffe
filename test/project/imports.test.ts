import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../support/process.ts'
import { allowedIn, circles, fileMeant, type Import, importsOf, packages, shown, sources } from './imports.ts'

const server = join(packages, 'server/src')

/** Wrong ones, and names of the row that nothing needs. */
function compared(
  imports: readonly (readonly [Import, string])[],
  allowed: readonly string[],
): { readonly wrong: readonly string[]; readonly needless: readonly string[] } {
  const used = new Set(imports.map(([, name]) => name))
  return {
    wrong: imports.filter(([, name]) => !allowed.includes(name)).map(([one]) => shown(one)),
    needless: allowed.filter((name) => !used.has(name)),
  }
}

describe.each([...allowedIn('package')])('the package %s', (name, allowed) => {
  test(`imports of ours only ${allowed.join(', ') || 'nothing'}`, () => {
    const files = sources(join(packages, name, 'src'))
    expect(files.length).toBeGreaterThan(0)
    const imports = files.flatMap(importsOf).flatMap((one) => {
      const [, ours] = /^@opensag\/(.+)$/.exec(one.target) ?? []
      return ours === undefined ? [] : [[one, ours] as const]
    })
    expect(compared(imports, allowed)).toEqual({ wrong: [], needless: [] })
  })
})

describe.each([...allowedIn('room of the server')])('the room %s of the server', (name, allowed) => {
  test(`imports only ${allowed.join(', ') || 'nothing'}, types too`, () => {
    const files = sources(join(server, name))
    expect(files.length).toBeGreaterThan(0)
    const imports = files.flatMap(importsOf).flatMap((one) => {
      const meant = fileMeant(one)
      if (meant === undefined) return []
      const [room = ''] = relative(server, meant).split('/')
      return room === name ? [] : [[one, room] as const]
    })
    expect(compared(imports, allowed)).toEqual({ wrong: [], needless: [] })
  })
})

test.each([
  ['package', readdirSync(packages)],
  ['room of the server', readdirSync(server).filter((name) => !/\.(test|suite)\.ts$/.test(name))],
])('every %s has a row, and a row names only what stands above it', (heading, there) => {
  const rows = allowedIn(heading)
  expect([...rows.keys()].sort()).toEqual([...there].sort())
  const above: string[] = []
  for (const [name, allowed] of rows) {
    expect(
      allowed.filter((other) => !above.includes(other.replace(/\/.*/, ''))),
      name,
    ).toEqual([])
    above.push(name)
  }
})

test('no files import values from one another in a circle', () => {
  const found = readdirSync(packages).flatMap((name) => circles(sources(join(packages, name, 'src'))))
  expect(found).toEqual([])
})

test('model and protocol read no clock, no chance, no network and no disk', () => {
  const files = [...sources(join(packages, 'server/src/model')), ...sources(join(packages, 'protocol/src'))]
  const wrong = files.filter((file) =>
    /Date\.now\(|new Date\(\)|Math\.random\(|randomBytes\(|from 'node:(fs|net|http|https|timers)/.test(
      readFileSync(file, 'utf8'),
    ),
  )
  expect(wrong.map((file) => relative(root, file))).toEqual([])
})

test.each(['rotation', 'rules'])('package %s runs in a browser: nothing of Node, no clock, no chance', (name) => {
  const files = sources(join(packages, name, 'src'))
  const wrong = files.filter((file) =>
    /from 'node:|\bprocess\.|\bBuffer\b|Date\.now\(|new Date\(\)|performance\.|Math\.random\(/.test(
      readFileSync(file, 'utf8'),
    ),
  )
  expect(wrong.map((file) => relative(root, file))).toEqual([])
})
