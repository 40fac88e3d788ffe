import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemTimers, type Timers, tunnelIdentityOf } from '@opensag/protocol'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ipsec, type IpsecConfig, openIpsec, type Tunnel } from '../../packages/agent/src/network/ipsec/ipsec.ts'
import { findEsp } from '../../packages/agent/src/network/ipsec/machine.ts'
import { connectVici, type Vici } from '../../packages/agent/src/network/ipsec/vici.ts'
import { sectionIn, sectionsIn, textIn } from '../../packages/agent/src/network/ipsec/vici-codec.ts'
import type { Machine } from '../linux/box.ts'
import { runToEnd } from '../support/process.ts'
import { limit, until } from '../support/time.ts'
import { openTestAuthority, type TestAuthority } from './authority.ts'
import { type Bench, openBench, sh } from './bench.ts'
import { whatNetworksNeed } from './lack.ts'
import { answered, reaches, untilReached } from './ping.ts'

const lack = whatNetworksNeed()

/** A machine with tunnels, which this process drives from outside. */
interface Site {
  readonly machine: Machine
  readonly wan: string
  readonly identity: string
  readonly address: string
  readonly folder: string
  readonly ipsec: Ipsec
  /** As a process does that comes after this one. */
  open(): Promise<Ipsec>
  /** Everything that was put off by an hour or more: renewals. */
  due(): void
  /** How much its clock is ahead, in milliseconds. */
  ahead: number
  asked: number
  /** How many days its certificates live. */
  days: number
  /** How often an attempt has failed. */
  refused: number
  config(...tunnels: readonly Tunnel[]): IpsecConfig
  /** The number of its daemon; 0: it has none. */
  charon(): number
}

describe.skipIf(lack !== undefined)(`tunnels${lack ? ` (${lack})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-tunnels-'))
  let bench: Bench
  let authority: TestAuthority
  let pop: Site
  let gateways: Site[]

  async function site(identity: string, address: string, ca = authority): Promise<Site> {
    const machine = await bench.machine()
    const wan = await bench.plugIntoInternet(machine)
    await sh(machine, `ip addr add ${address}/32 dev lo`)
    let putOff: (() => void)[] = []
    const timers: Timers = {
      now: systemTimers.now,
      after(milliseconds, run) {
        if (milliseconds < 3_600_000) return systemTimers.after(milliseconds, run)
        putOff.push(run)
        return () => {
          putOff = putOff.filter((one) => one !== run)
        }
      },
    }
    const made = {
      machine,
      wan,
      identity,
      address,
      folder: mkdtempSync(join(folder, identity)),
      ahead: 0,
      asked: 0,
      days: 1,
      refused: 0,
      due() {
        for (const run of putOff.splice(0)) run()
      },
      config: (...tunnels: readonly Tunnel[]) => ({ identity, address, wan, tunnels }),
      charon() {
        const record = join(made.folder, 'charon.pid')
        return existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')).pid as number) : 0
      },
    }
    const site: Site = Object.assign(made, { open, ipsec: await open() })
    return site

    function heard(line: string): void {
      if (line.includes('does not come up')) made.refused++
      if (process.env['OPENSAG_TEST_LOG'] !== undefined) process.stdout.write(`${identity} ${line}`)
    }

    function open(): Promise<Ipsec> {
      return openIpsec({
        folder: made.folder,
        // It would outlive this process, as it outlives an agent.
        runBy: ['setpriv', '--pdeathsig', 'KILL', 'nsenter', '-t', machine.pid, '-m', '-u', '-n', '--'],
        certify: async (spki) => {
          made.asked++
          return ca.certify(identity, spki, made.days)
        },
        timers,
        wallClock: () => Date.now() + made.ahead,
        logger: pino({ level: 'info' }, { write: heard }),
      })
    }
  }

  const member = ({ identity, address }: Site): Tunnel => ({ name: identity.replace('.', '-'), identity, address })
  async function ask<T>(site: Site, question: (vici: Vici) => Promise<T>): Promise<T> {
    const vici = await connectVici(join(site.folder, 'charon.vici'), systemTimers, limit(10_000))
    try {
      return await question(vici)
    } finally {
      vici.close()
    }
  }

  /** Its IKE_SAs that stand: number, and what they carry. */
  function sasOf(site: Site): Promise<readonly string[]> {
    return ask(site, async (vici) => {
      const events = await vici.list('list-sas', 'list-sa')
      return events.flatMap(sectionsIn).flatMap(([, sa]) => {
        const children = sectionsIn(sectionIn(sa, 'child-sas'))
        const carried = children.map(([, child]) => child.get('local-ts'))
        return textIn(sa, 'state') === 'ESTABLISHED' ? [[textIn(sa, 'uniqueid'), ...carried].join(' ')] : []
      })
    })
  }

  /** Resolves when a gateway has one SA that is not the one before. @returns that one */
  function provedAnew(site: Site, before: readonly string[]): Promise<readonly string[]> {
    return until(`${site.identity} proves itself anew`, async () => {
      const now = await sasOf(site)
      return now.length === 1 && now[0] !== before[0] && now
    })
  }

  async function keysOf(site: Site): Promise<readonly Buffer[]> {
    const keys = (await ask(site, (vici) => vici.request('get-keys'))).get('keys')
    return Array.isArray(keys) ? keys : []
  }

  const toPop = (): Tunnel => ({ ...member(pop), endpoint: pop.wan })
  const isUp = (site: Site, index = 0): boolean => site.ipsec.states()[index]?.isUp === true
  const applyToPop = (...members: readonly Site[]): Promise<void> => pop.ipsec.apply(pop.config(...members.map(member)))

  beforeAll(async () => {
    bench = await openBench()
    authority = openTestAuthority()
    pop = await site('pop1.sag', '198.18.128.1')
    gateways = [await site('gw1.sag', '198.18.0.1'), await site('gw2.sag', '198.18.0.2')]
  })

  afterAll(async () => {
    for (const one of [...(gateways ?? []), ...(pop === undefined ? [] : [pop])]) await one.ipsec.close()
    await bench?.close()
    authority?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a tunnel comes up whichever side is configured first, and both sides say so', async () => {
    const [one, two] = gateways as [Site, Site]
    await one.ipsec.apply(one.config(toPop()))
    await applyToPop(one, two)
    await two.ipsec.apply(two.config(toPop()))
    await until('all are up', () => [one, two, pop].every((site) => site.ipsec.states().every(({ isUp }) => isUp)))
    expect(pop.ipsec.states().map(({ name }) => name)).toEqual(['gw1-sag', 'gw2-sag'])
    await untilReached(one.machine, pop.address)
    await untilReached(two.machine, pop.address)
    expect(await reaches(one.machine, two.address)).toBe(false)
  })

  test('a daemon that is killed, on either side, is started anew and its tunnels come back', async () => {
    const [one, two] = gateways as [Site, Site]
    for (const site of [one, pop]) {
      const killed = site.charon()
      process.kill(killed, 'SIGKILL')
      await until('it is seen', () => site.ipsec.states().every(({ isUp }) => !isUp))
      await until('another one runs', () => ![0, killed].includes(site.charon()))
      await until('its tunnels are up', () => site.ipsec.states().every(({ isUp }) => isUp))
      await untilReached(one.machine, pop.address)
    }
    await untilReached(two.machine, pop.address)
  })

  test('a daemon that encrypts itself takes several packets in a turn, and one that does not is scheduled like any other', async () => {
    const expected = { 'user-space': 'SCHED_BATCH', kernel: 'SCHED_OTHER' }[await findEsp()]
    await until(`it is ${expected}`, async () => {
      const { output } = await runToEnd('chrt', ['-p', String(pop.charon())])
      return output.includes(`scheduling policy: ${expected}`)
    })
  })

  test('a member that is taken away is out at once and stays out, nobody else notices, and it comes back by itself', async () => {
    const [one, two] = gateways as [Site, Site]
    const others = await sasOf(two)
    await applyToPop(two)
    await until('it is out', () => !isUp(one))
    await until('it has been refused again', () => one.refused > 1)
    expect(await reaches(one.machine, pop.address)).toBe(false)
    await applyToPop(one, two)
    await untilReached(one.machine, pop.address)
    expect(await sasOf(two)).toEqual(others)
  })

  test('a tunnel that is changed serves as it is now, and the same configuration again changes nothing', async () => {
    const [one, two] = gateways as [Site, Site]
    await sh(one.machine, 'ip addr add 198.18.0.3/32 dev lo')
    const moved = { ...one, address: '198.18.0.3' }
    await applyToPop(moved, two)
    await one.ipsec.apply({ ...one.config(toPop()), address: moved.address })
    const before = await until('it serves', async () => {
      const [atOne, atPop] = [await sasOf(one), await sasOf(pop)]
      const isDone = atOne.length === 1 && atOne[0]?.endsWith(' 198.18.0.3/32') && atPop.length === 2
      return isDone && isUp(one) && isUp(pop) && [atOne, atPop]
    })
    await one.ipsec.apply({ ...one.config(toPop()), address: moved.address })
    await applyToPop(moved, two)
    expect([await sasOf(one), await sasOf(pop)]).toEqual(before)
    await applyToPop(one, two)
    await one.ipsec.apply(one.config(toPop()))
    await untilReached(one.machine, pop.address)
  })

  test('half-way through the life of its certificate a gateway has a new one, with a new key, and nothing of the old', async () => {
    const [one] = gateways as [Site]
    const [sas, key] = [await sasOf(one), one.ipsec.credentials()?.key]
    const asked = one.asked
    one.due()
    await until('it has another key', () => key !== undefined && one.ipsec.credentials()?.key.equals(key) === false)
    expect(one.asked).toBe(asked + 1)
    await provedAnew(one, sas)
    expect(await keysOf(one)).toHaveLength(1)
    await untilReached(one.machine, pop.address)
  })

  test('a pop ends a tunnel whose certificate has ended, and no other, and takes the gateway with a newer one', async () => {
    const [one, two] = gateways as [Site, Site]
    one.days = 3
    const old = await sasOf(one)
    one.due()
    const [ofOne, ofTwo] = [await provedAnew(one, old), await sasOf(two)]
    await until('the pop knows', async () => (await sasOf(pop)).length === 2 && isUp(pop, 0) && isUp(pop, 1))
    pop.ahead = 1.5 * 86_400_000
    await applyToPop(one, two)
    await until('the pop has ended the other', async () => (await sasOf(two)).join() !== ofTwo.join())
    expect(await sasOf(one)).toEqual(ofOne)
    two.days = 3
    two.due()
    await until('the newer one counts', async () => {
      const now = await sasOf(two)
      return (
        now.length === 1 &&
        (await answered(two.machine, pop.address, 20)) === 20 &&
        (await sasOf(two)).join() === now.join()
      )
    })
    pop.ahead = 0
  })

  test.each([
    ['has a certificate of another authority', 'gw1.sag'],
    ['has another name, and the address of a member,', 'gw3.sag'],
  ])('who %s does not come in', async (_, identity) => {
    const other = openTestAuthority()
    const stranger = await site(identity, '198.18.0.1', identity === 'gw1.sag' ? other : authority)
    try {
      await stranger.ipsec.apply(stranger.config(toPop()))
      await until('it has been refused', () => stranger.refused > 1)
      expect(isUp(stranger)).toBe(false)
      expect(isUp(gateways[0] as Site)).toBe(true)
    } finally {
      await stranger.ipsec.close()
      other.close()
    }
  })

  test('who differs from a member by capitals of its serial number only comes in beside it, and by its own name', async () => {
    const [one, two] = gateways as [Site, Site]
    const capital = await site(tunnelIdentityOf('GW1'), '198.18.0.4')
    try {
      await capital.ipsec.apply(capital.config(toPop()))
      await until('it has been refused', () => capital.refused > 0)
      const both = [
        { ...member(one), name: 'gw1' },
        { ...member(capital), name: 'GW1' },
      ]
      await pop.ipsec.apply(pop.config(...both, member(two)))
      await untilReached(capital.machine, pop.address)
      await until('both are up', () => isUp(capital) && isUp(one) && isUp(pop, 0) && isUp(pop, 1))
      expect(await sasOf(pop)).toHaveLength(3)
    } finally {
      await capital.ipsec.close()
      await applyToPop(one, two)
    }
    await untilReached(one.machine, pop.address)
  })

  test('a process that comes after one that died takes over its daemon with its tunnels, and ends what it does not want', async () => {
    const [one, two] = gateways as [Site, Site]
    const [daemon, ofOne] = [pop.charon(), await sasOf(one)]
    const next = await pop.open()
    await next.apply(pop.config(member(one)))
    await until('the one is up', () => next.states()[0]?.isUp)
    await until('the other is out', () => !isUp(two))
    const refused = two.refused
    await until('it stays out', () => two.refused > refused + 1)
    expect([pop.charon(), await sasOf(one)]).toEqual([daemon, ofOne])
    await pop.ipsec.close()
    await next.close()
    expect([existsSync(`/proc/${daemon}`), pop.charon()]).toEqual([false, 0])
  })
})
