import { expect, test } from 'vitest'
import { accountId, regionId, testInWorld } from '../apis/testing/harness.suite.ts'
import { change } from '../apis/testing/networks.suite.ts'
import { toldConfig } from '../apis/testing/told.suite.ts'
import { applicationPackageAdd, applicationPackageList, applicationPackageRemove } from './application-packages.ts'
import type { OperatorContext } from './command.ts'

testInWorld('bandwidth for applications, for the operator', (world) => {
  const context = () =>
    ({ store: world().store, clock: { now: () => world().now }, tellGateways: () => {} }) as unknown as OperatorContext
  const add = (input: Readonly<Record<string, unknown>>) =>
    applicationPackageAdd.run(
      context(),
      applicationPackageAdd.input.parse({ id: 'abwp-1', account: accountId, bandwidth: 10, ...input }),
    )

  test('a package is given, listed with what instances have of it, and taken away from them', async () => {
    expect(await add({ name: 'video', group: ['Media'], application: ['TLS'] })).toEqual({
      id: 'abwp-1',
      bandwidth: 10,
    })
    const id = await world().addInstance()
    await change(world(), async ({ inspections, applicationPackages }) => {
      await inspections.setEnabled(id, true)
      await applicationPackages.join(id, 'abwp-1', 4)
    })
    expect(await applicationPackageList.run(context(), {})).toEqual([
      {
        ...{ id: 'abwp-1', account: accountId, region: regionId, name: 'video', bandwidth: 10 },
        ...{ groups: ['Media'], applications: ['TLS'], instances: { [id]: 4 } },
      },
    ])
    await applicationPackageRemove.run(context(), { id: 'abwp-1' })
    expect(await applicationPackageList.run(context(), {})).toEqual([])
    expect((await toldConfig(world(), id))?.dpi).toEqual({})
  })

  test('what is there already, of no account, for nothing, or not there, is refused', async () => {
    await add({ group: ['Media'] })
    await expect(add({ group: ['Media'] })).rejects.toThrow('The package abwp-1 exists already.')
    await expect(add({ id: 'abwp-2' })).rejects.toThrow('A package is for one application or group at least.')
    await expect(add({ id: 'abwp-2', account: 'nobody', group: ['Media'] })).rejects.toThrow(
      'The account nobody does not exist.',
    )
    await expect(applicationPackageRemove.run(context(), { id: 'abwp-2' })).rejects.toThrow(
      'The package abwp-2 does not exist.',
    )
  })

  test.each([{ id: 'package' }, { region: 'mars' }, { group: ['media'] }, { application: ['tls'] }, { bandwidth: 0 }])(
    'input of another form is refused: %j',
    async (input) => {
      const given = { id: 'abwp-1', account: accountId, bandwidth: 10, ...input }
      expect(applicationPackageAdd.input.safeParse(given).success).toBe(false)
    },
  )
})
