import { readFileSync } from 'node:fs'
import { startSimulatedFleet } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import { pino } from 'pino'
import { mapConcurrently } from '../../packages/cli/src/rotate/concurrency.ts'
import { setFirstPassword } from '../support/local-console.ts'
import { type ChildGateway, createParts } from './troubles.ts'

// A part of the fleet in a process of its own: a process may have so many open files only. Lines from the parent:
// `power <serial> on`, `power <serial> off`; each is answered with a line.
const [, , serverUrl = '', file = ''] = process.argv
const gateways = JSON.parse(readFileSync(file, 'utf8')) as readonly ChildGateway[]
const ill = new Map(gateways.flatMap(({ serial, trouble }) => (trouble === undefined ? [] : [[serial, trouble]])))
const { parts, breakThem } = createParts(ill)

const fleet = await startSimulatedFleet({
  gateways: gateways.map((one) => ({ ...one, enrolmentKey: Secret.of(one.enrolmentKey) })),
  serverUrl,
  consoles: true,
  logger: pino({ level: 'silent' }),
  parts,
})
await fleet.allOnline()
const consoles = Object.fromEntries(fleet.list().map(({ serial, localConsole }) => [serial, localConsole ?? '']))
await mapConcurrently(gateways, 16, async ({ serial, oldPassword }) => {
  const status = await setFirstPassword(consoles[serial] ?? '', oldPassword)
  if (status !== 303) throw new Error(`The first password of ${serial} was answered with ${status}.`)
})
breakThem()
for (const { serial, trouble } of gateways) {
  if (trouble === 'unsynchronized') await fleet.edit(serial, { hostname: 'changed-here' })
  if (trouble === 'offline') await fleet.power(serial, false)
}
process.send?.({ consoles })

process.on('message', (line: string) => {
  const [, serial = '', state] = line.split(' ')
  void fleet.power(serial, state === 'on').then(() => {
    const console_ = fleet.list().find((one) => one.serial === serial)?.localConsole
    process.send?.({ consoles: console_ === undefined ? {} : { [serial]: console_ } })
  })
})
process.on('disconnect', () => process.exit())
