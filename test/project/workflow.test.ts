import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/process.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

test('the workflow runs the two commands of the README and nothing else', () => {
  const runs = [...read('.github/workflows/ci.yml').matchAll(/- run: (.+)/g)].map(([, run = '']) => run)
  expect(runs).toEqual(['npm test', 'timeout --preserve-status --signal=TERM 120 npm start'])
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']))
  for (const command of ['npm start', 'npm test'])
    expect(read('README.md') + read('CONTRIBUTING.md')).toContain(command)
})

test('the workflow tries the oldest Node that is supported', () => {
  const { engines } = JSON.parse(read('package.json')) as { readonly engines: { readonly node: string } }
  const oldest = /\d+\.\d+/.exec(engines.node)?.[0]
  expect(read('.github/workflows/ci.yml')).toContain(`node: ['${oldest}'`)
})

test('every page that is generated is marked as such', () => {
  const generated = read('scripts/generate-docs.js').matchAll(/'([a-z-]+\.md)'/g)
  const marked = read('.gitattributes')
  for (const [, name = ''] of generated)
    if (!/^README/.test(name)) expect(marked).toContain(`docs/${name} linguist-generated`)
})
