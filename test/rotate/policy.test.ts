import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storeSettings } from '../../packages/server/src/store/testing/database.suite.ts'
import { until } from '../support/time.ts'
import { type FleetContext, startFleet } from './fleet.ts'
import { rotate } from './program.ts'

let world: FleetContext
const file = (name: string): string => join(world.folder, name)

beforeAll(async () => {
  world = await startFleet({ gateways: 4, broken: 0, environmentOf: storeSettings })
})

afterAll(() => world.close())

async function given(name: string, password: (index: number) => string): Promise<readonly string[]> {
  const lines = world.gateways.map(({ serial }, index) => `${serial} ${password(index)}\n`)
  await writeFile(file(name), lines.join(''))
  return ['--passwords', file(name), '--folder', file(`${name}-rotation`)]
}

describe('--max-age', () => {
  test('leaves out gateways whose password is younger, and is done when there are no others', async () => {
    const one = ['--instance', world.gateways[0]?.instanceId ?? '']
    const { code } = await rotate(world, [...one, ...(await given('first', (index) => `Only_the_first${index}`))])
    expect(code).toBe(0)

    // The others have had their first password at their console, when the fleet began.
    const young = await rotate(world, [
      '--all',
      '--max-age',
      '90d',
      ...(await given('young', (index) => `Never_sent_${index}`)),
    ])
    expect(young).toMatchObject({
      code: 0,
      output: expect.stringContaining('4 of 4 selected gateways have a password that is younger than --max-age'),
    })
    expect(await stat(file('young-rotation')).catch(({ code: why }) => why)).toBe('ENOENT')

    // The server tells its time in whole seconds, so that a password of this one counts as younger than that.
    await until('all of them are old enough', async () => {
      const shown = await rotate(world, ['--all', '--max-age', '1ms', '--dry-run', '--json'])
      const plan = JSON.parse(shown.output.slice(shown.output.indexOf('['))) as readonly { passwordChangedAt: string }[]
      for (const { passwordChangedAt } of plan) expect(passwordChangedAt).toMatch(/^20\d\d-/)
      return plan.length === 4
    })

    const old = ['--all', '--max-age', '1ms', ...(await given('old', (index) => `Old_enough_${index}`))]
    const { code: rotated, output, events } = await rotate(world, [...old, '--json'])
    expect({ rotated, output }).toMatchObject({ rotated: 0 })
    expect(events.find(({ event }) => event === 'left-out')).toMatchObject({ gateways: 0, of: 4 })
    for (const [index, gateway] of world.gateways.entries())
      expect(await world.opens(gateway, `Old_enough_${index}`)).toBe(true)
  })

  test('is refused where it is no duration, and with --resume', async () => {
    expect(await rotate(world, ['--all', '--max-age', 'old', '--dry-run'])).toMatchObject({ code: 2 })
    expect(await rotate(world, ['--resume', file('old-rotation'), '--max-age', '90d'])).toMatchObject({ code: 2 })
  })
})

describe('--history', () => {
  const historyFile = (): string => file('config/opensag/password-history/history.jsonl')

  test('refuses a given password that is among the last of its gateway, and changes nothing', async () => {
    for (const [name, password] of [
      ['one', 'History_one'],
      ['two', 'History_two'],
    ] as const) {
      const args = ['--all', '--history', '2', ...(await given(name, (index) => `${password}_${index}`))]
      expect(await rotate(world, args)).toMatchObject({
        code: 0,
        output: expect.stringContaining('differs from the last 2'),
      })
    }
    // Of two gateways the one before the last, of the others a new one.
    const mixed = (index: number): string => (index < 2 ? `History_one_${index}` : `History_new_${index}`)
    const { code, output } = await rotate(world, ['--all', '--history', '2', ...(await given('mixed', mixed))])
    const [first, second, third] = world.gateways.map(({ serial }) => serial)
    expect({ code, output }).toMatchObject({
      code: 2,
      output: expect.stringContaining(
        `2 of the given passwords are among the last 2 of their gateways (${first}, ${second})`,
      ),
    })
    expect(output).not.toContain(third)
    expect(output).not.toContain('History_one')
    for (const [index, gateway] of world.gateways.entries())
      expect(await world.opens(gateway, `History_two_${index}`)).toBe(true)

    // Two later it may be used again.
    const later = await given('later', (index) => `History_three_${index}`)
    expect(await rotate(world, ['--all', '--history', '2', ...later])).toMatchObject({ code: 0 })
    const again = await given('again', (index) => `History_one_${index}`)
    expect(await rotate(world, ['--all', '--history', '2', ...again])).toMatchObject({ code: 0 })
  })

  test('keeps salted hashes in a file of the person alone, a bounded number, and no password', async () => {
    const text = await readFile(historyFile(), 'utf8')
    expect(text).not.toContain('History_')
    expect((await stat(historyFile())).mode & 0o777).toBe(0o600)
    const hashes = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { hash: string }).hash)
    expect(hashes).toHaveLength(4 * 4)
  })

  test('a gateway that did not take its password may be given the same one later', async () => {
    const [gateway] = world.gateways
    if (gateway === undefined) throw new Error('There is no gateway.')
    await world.power(gateway.serial, 'off')
    const one = ['--instance', gateway.instanceId, '--history', '24']
    const away = await given('away', (index) => `History_away_${index}`)
    expect(await rotate(world, [...one, ...away])).toMatchObject({
      code: 1,
      output: expect.stringContaining('1 offline'),
    })
    await world.power(gateway.serial, 'on')
    expect(await rotate(world, [...one, ...(await given('back', (index) => `History_away_${index}`))])).toMatchObject({
      code: 0,
    })
    expect(await rotate(world, [...one, ...(await given('twice', (index) => `History_away_${index}`))])).toMatchObject({
      code: 2,
    })
    // The rotation that set it is not in its own way.
    const resumed = await rotate(world, ['--resume', file('back-rotation'), '--passwords', file('back')])
    expect(resumed).toMatchObject({ code: 0 })
  })

  test('a longer history than is kept is refused', async () => {
    expect(
      await rotate(world, ['--all', '--history', '25', ...(await given('long', (index) => `Too_long_${index}`))]),
    ).toMatchObject({
      code: 2,
    })
  })
})
