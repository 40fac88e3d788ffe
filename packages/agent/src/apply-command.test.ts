import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MarkedConfig } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { applyBy } from './apply-command.ts'

const config: MarkedConfig = {
  instanceId: 'sag-one',
  revision: 7,
  config: { cidrs: [], routingStrategy: 'static', securityLockThreshold: 0, snat: [], probeAddresses: [] },
}

test('the program gets the configuration, or that there is none, as one line of JSON', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-apply-'))
  const file = join(folder, 'given')
  const apply = applyBy(['sh', '-c', `cat >> '${file}'`])
  await apply(config)
  await apply(undefined)
  expect(readFileSync(file, 'utf8').split('\n')).toEqual([JSON.stringify(config), 'null', ''])
  rmSync(folder, { recursive: true })
})

test('one that does not end with 0 has not put it in force', async () => {
  await expect(applyBy(['sh', '-c', 'echo no such interface >&2; exit 3'])(config)).rejects.toThrow('no such interface')
})
