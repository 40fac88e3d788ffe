import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { settings } from '../../packages/cli/src/settings/schema.ts'
import { root, runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'
import { whatPythonNeeds } from './lack.ts'
import { pythonWith } from './world/python.ts'

const deploy = join(root, 'deploy')
const kubernetes = readdirSync(join(deploy, 'kubernetes')).map((name) => `kubernetes/${name}`)
const composes = ['compose.yaml', 'opensag/compose.yaml']

/** Both packages have the published schemas in them. */
const validators = 'kubernetes-validate==1.37.0\ncheck-jsonschema==0.39.0\n'
const lack = whatPythonNeeds()

describe.skipIf(lack !== undefined)(`the published schemas${lack ? ` (${lack})` : ''}`, () => {
  let python = ''
  beforeAll(async () => {
    python = await pythonWith('schemas', validators)
  }, limit(240_000))

  test.each(kubernetes)('of Kubernetes are met, strictly, by %s', async (file) => {
    const { code, output, errors } = await runToEnd(python, [
      '-m',
      'kubernetes_validate',
      '--strict',
      join(deploy, file),
    ])
    expect({ code, said: code === 0 ? '' : output + errors }).toEqual({ code: 0, said: '' })
  })

  test('of Kubernetes refuse what they do not have', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'opensag-manifests-'))
    try {
      const text = readFileSync(join(deploy, 'kubernetes/opensag.yaml'), 'utf8')
      const file = join(folder, 'wrong.yaml')
      writeFileSync(file, text.replace('failureThreshold: 60', 'failureTreshold: 60'))
      const { code } = await runToEnd(python, ['-m', 'kubernetes_validate', '--strict', file])
      expect(code).not.toBe(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test.each(composes)('of Compose is met by %s', async (compose) => {
    const args = ['-m', 'check_jsonschema', '--builtin-schema', 'vendor.compose-spec', join(deploy, compose)]
    const { code, output, errors } = await runToEnd(python, args)
    expect({ code, said: code === 0 ? '' : output + errors }).toEqual({ code: 0, said: '' })
  })
})

test('every setting of OpenSAG that compose and Kubernetes give is one', () => {
  const known = new Set(Object.values(settings).map(({ variable }) => variable))
  const named = [...composes, ...kubernetes].flatMap((file) =>
    [...readFileSync(join(deploy, file), 'utf8').matchAll(/\b(OPENSAG_[A-Z_]+)(?::|, value)/g)].map(
      ([, name]) => name ?? '',
    ),
  )
  expect(named.length).toBeGreaterThan(10)
  // Of the hook of Patroni, and of Compose itself: no settings of OpenSAG.
  const others = ['OPENSAG_DATABASE_PASSWORD_FILE', 'OPENSAG_VERSION']
  expect(named.filter((name) => !known.has(name) && !others.includes(name))).toEqual([])
})
