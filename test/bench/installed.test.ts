import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { productionOf, sizeOfFolder } from '../../bench/src/installed.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'opensag-bench-installed-')))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), content)
}

function manifest(folder: string, name: string, more: object = {}): void {
  write(join(folder, 'package.json'), JSON.stringify({ name, ...more }))
}

manifest('packages/cli', 'opensag', {
  dependencies: { '@own/server': '1', one: '1' },
  devDependencies: { tool: '1' },
})
manifest('packages/server', '@own/server', { dependencies: { two: '1' }, optionalDependencies: { elsewhere: '1' } })
manifest('node_modules/one', 'one', { dependencies: { two: '2' } })
manifest('node_modules/one/node_modules/two', 'two')
manifest('node_modules/two', 'two')
manifest('node_modules/tool', 'tool')
mkdirSync(join(root, 'node_modules/@own'), { recursive: true })
symlinkSync('../../packages/server', join(root, 'node_modules/@own/server'))

test('only what production needs is followed, each from the place where Node would find it', () => {
  const { own, others } = productionOf(root, ['cli'])
  expect(own.map((folder) => relative(root, folder))).toEqual(['packages/cli', 'packages/server'])
  expect(others.map((folder) => relative(root, folder))).toEqual([
    'node_modules/one',
    'node_modules/one/node_modules/two',
    'node_modules/two',
  ])
})

test('a folder takes whole blocks, and packages inside it are not counted with it', () => {
  write('node_modules/one/a/large.js', 'x'.repeat(5000))
  // Two blocks, and one for its manifest.
  expect(sizeOfFolder(join(root, 'node_modules/one'))).toEqual({ bytes: 3 * 4096, files: 2 })
})
