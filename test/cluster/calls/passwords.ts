import type { Chance } from '../../../packages/chaos/src/random.ts'
import { logOn } from '../../support/local-console.ts'
import type { Credentials } from '../../support/sandbox.ts'
import { limit, until } from '../../support/time.ts'
import type { FleetGateway } from '../world/fleet.ts'
import { type Body, call } from './api.ts'

export interface PasswordTally {
  readonly success: number
  readonly failure: number
  readonly unknown: number
  /** Where a gateway accepts another password than was answered. */
  readonly broken: readonly string[]
}

export interface PasswordsOptions {
  readonly credentials: Credentials
  readonly urls: readonly string[]
  readonly gateways: readonly FleetGateway[]
  /** Gateways whose password is being changed at the same time. */
  readonly atOnce: number
  readonly chance: Chance
  readonly isOver: () => boolean
}

/** Changes passwords at all nodes, and logs on to each gateway's own console after every answer. */
export async function changePasswords(options: PasswordsOptions): Promise<PasswordTally> {
  const { credentials, urls, gateways, atOnce, chance, isOver } = options
  const counts = { success: 0, failure: 0, unknown: 0 }
  const broken: string[] = []
  const nodeOf = (): string => urls[chance.below(urls.length)] ?? ''

  async function isConnected({ instance, serial }: FleetGateway): Promise<boolean> {
    const told = await call(credentials, nodeOf(), 'DescribeSAGDeviceInfo', { SmartAGId: instance, SmartAGSn: serial })
    return told.is === 'success' && told.body['ControllerState'] === 'Normal'
  }

  const connected = (gateway: FleetGateway): Promise<boolean> =>
    until(`${gateway.serial} is connected`, () => isConnected(gateway))

  /** A node that took a change may be gone while its gateway is still at it: what is in force is known when it is decided. */
  const decided = ({ instance, serial }: FleetGateway): Promise<boolean> =>
    until(
      `the last change of ${serial} is decided`,
      async () => {
        const params = { SmartAGId: instance, SerialNumber: serial, MaxResults: '1' }
        const told = await call(credentials, nodeOf(), 'ListAdminPasswordChanges', params, '2026-12-01')
        if (told.is !== 'success') return false
        const [last] = told.body['Changes'] as readonly Body[]
        return last?.['Outcome'] !== 'InProgress'
      },
      // A node sweeps up once a minute what another one has left.
      limit(180_000),
    )

  const accepts = async ({ console }: FleetGateway, password: string): Promise<boolean> =>
    (await logOn(console, password)) === 303

  /** @returns the password that opens it now */
  async function change(
    gateway: FleetGateway,
    before: string | undefined,
    wanted: string,
  ): Promise<string | undefined> {
    const params = { SmartAGId: gateway.instance, SmartAGSn: gateway.serial, Password: wanted }
    const told = await call(credentials, nodeOf(), 'ModifySAGAdminPassword', params)
    counts[told.is]++
    const where = `${gateway.serial}, ${JSON.stringify(told)}`
    if (told.is === 'success') {
      // At this very moment, whatever else is going wrong.
      if (!(await accepts(gateway, wanted))) broken.push(`${where}: the new password is refused`)
      return wanted
    }
    if (told.is === 'unknown') await decided(gateway)
    await connected(gateway)
    if (told.is === 'failure') {
      const isKept = before === undefined ? !(await accepts(gateway, wanted)) : await accepts(gateway, before)
      if (!isKept) broken.push(`${where}: the old password is refused`)
      return before
    }
    const isNew = await accepts(gateway, wanted)
    if (!isNew && before !== undefined && !(await accepts(gateway, before)))
      broken.push(`${where}: neither is accepted`)
    return isNew ? wanted : before
  }

  async function worker(own: readonly FleetGateway[], number: number): Promise<void> {
    const held = new Map<FleetGateway, string | undefined>()
    for (let count = 0; !isOver(); count++) {
      const gateway = own[count % own.length] as FleetGateway
      held.set(gateway, await change(gateway, held.get(gateway), `Change_${number}_${count}_${chance.below(1e9)}`))
    }
    for (const [gateway, password] of held) {
      await connected(gateway)
      if (password === undefined) continue
      if (!(await accepts(gateway, password))) broken.push(`${gateway.serial}: in the end its password is refused`)
      if (await accepts(gateway, `${password}x`)) broken.push(`${gateway.serial}: in the end it accepts a wrong one`)
    }
  }

  const shares = Array.from({ length: atOnce }, (_, worker) => gateways.filter((_, index) => index % atOnce === worker))
  await Promise.all(shares.map(worker))
  return { ...counts, broken }
}
