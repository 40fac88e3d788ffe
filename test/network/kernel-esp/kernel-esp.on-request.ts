import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { bundleProgram } from '../../../scripts/support/bundle-program.js'
import { root } from '../../support/process.ts'
import { limit } from '../../support/time.ts'
import type { Facts, Sa } from './facts.ts'
import { fetchKernel, makeKernel } from './kernel.ts'
import { runMachine } from './machine.ts'

let facts: Facts

/** Programs find what is beside them by how deep they lie. */
const place = `${root}/test/support/guest.mjs`
const seconds = 900

beforeAll(
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'opensag-kernel-'))
    try {
      const fetched = await fetchKernel(folder)
      const guest = join(folder, 'guest.mjs')
      await bundleProgram(join(import.meta.dirname, 'guest.ts'), guest)
      const script = `ip link set lo up
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root OPENSAG_TIME_FACTOR=10
'${process.execPath}' '${place}' /run/result && cat /run/result > /dev/ttyS1
echo o > /proc/sysrq-trigger
sleep 1000
`
      const kernel = await makeKernel(folder, fetched, script, { [place]: readFileSync(guest) })
      const said = await runMachine(folder, kernel, limit(seconds * 1000))
      if (said.result === '') throw new Error(`It came to no result:\n${said.console}`)
      facts = JSON.parse(said.result) as Facts
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  limit(2 * seconds * 1000),
)

test('another kernel than this one has run it, and the programs have found that it encrypts', () => {
  expect(facts.kernel).not.toBe(release())
  expect(facts.told).toEqual(['kernel', 'kernel'])
  expect(facts.userSpaceDevices).toEqual([])
})

test('packets of a terminal pass the security associations of the kernel, both ways, with the cipher of the design', () => {
  const { before, after, pings } = facts
  expect(pings.answered).toBe(pings.count)
  expect(new Set(after.map(({ cipher }) => cipher))).toEqual(new Set(['rfc4106(gcm(aes))']))
  expect(packetsOf(after) - packetsOf(before)).toBeGreaterThanOrEqual(2 * pings.count)
  const wan = facts.gateway
  expect(new Set(after.map(({ source }) => source === wan))).toEqual(new Set([true, false]))
  for (const outward of [true, false]) {
    const passed = (all: readonly Sa[]): number => packetsOf(all.filter(({ source }) => (source === wan) === outward))
    expect(passed(after) - passed(before)).toBeGreaterThanOrEqual(pings.count)
  }
  expect(packetsOf(facts.atPop)).toBeGreaterThanOrEqual(2 * pings.count)
})

test('a change of a block touches no security association', () => {
  expect(facts.afterChange.map(({ spi }) => spi).sort()).toEqual(facts.after.map(({ spi }) => spi).sort())
})

test('what the kernel does not encrypt, because somebody took its policies away, does not leave', () => {
  expect(facts.answeredWithoutPolicies).toBe(0)
  expect(facts.guarded).toBeGreaterThan(0)
  expect(facts.leaks).toEqual([])
  expect(facts.encrypted).toBeGreaterThan(2 * facts.pings.count)
})

test('a gateway that is taken away leaves no policy, and no association but those of a strongSwan that was killed, which end', () => {
  expect(facts.leftPolicies).toEqual([])
  const killed = new Set(facts.killed.map(({ spi }) => spi))
  expect(facts.left.filter(({ spi }) => !killed.has(spi))).toEqual([])
  for (const { mostSeconds } of facts.left) {
    expect(mostSeconds).toBeGreaterThan(0)
    expect(mostSeconds).toBeLessThanOrEqual(2 * 3600)
  }
})

function packetsOf(all: readonly Sa[]): number {
  return all.reduce((sum, { packets }) => sum + packets, 0)
}
