import { applicationGroups, applications } from '@opensag/rules'
import { z } from 'zod'
import { isRegion } from '../model/regions.ts'
import { createRepositories } from '../store/repositories.ts'
import { existingAccount } from './accounts.ts'
import { command, OperatorRefusal } from './command.ts'
import { inOneUnit } from './unit.ts'

const packageId = z
  .string()
  .regex(/^abwp-[a-z0-9]+$/, 'an id is abwp- and lower-case letters and digits')
  .describe('Package id; unique in the whole system')

const groupIds = new Map(applicationGroups.map(({ id, name }) => [name, id]))
const signatureIds = new Map(applications.map(({ id, name }) => [name, id]))

export const applicationPackageAdd = command({
  name: 'application-package add',
  about: 'Give an account bandwidth for applications, which its instances share.',
  input: z.object({
    id: packageId,
    account: z.string().min(1).describe('Account that owns the package'),
    region: z.string().refine(isRegion, 'there is no such region').default('cn-shanghai').describe('Region'),
    name: z.string().min(1).max(128).optional().describe('Name (default: the id)'),
    bandwidth: z.int().min(1).max(10_000).describe('Mbit/s, of all instances together'),
    group: z
      .array(z.string().refine((one) => groupIds.has(one), 'no such group; ListDpiGroups lists them'))
      .max(10)
      .default([])
      .describe('Group of applications, by its name (may be repeated)'),
    application: z
      .array(z.string().refine((one) => signatureIds.has(one), 'no such application; ListDpiSignatures lists them'))
      .max(10)
      .default([])
      .describe('Application, by its name (may be repeated)'),
  }),
  run: ({ store, clock }, input) =>
    store.write(async (tx) => {
      if (input.group.length + input.application.length === 0) {
        throw new OperatorRefusal('A package is for one application or group at least.')
      }
      await existingAccount(tx, input.account)
      const packages = createRepositories(tx).applicationPackages
      if (await packages.byId(input.id)) throw new OperatorRefusal(`The package ${input.id} exists already.`)
      const { id, bandwidth } = input
      await packages.add({
        ...{ id, accountId: input.account, regionId: input.region, name: input.name ?? id, bandwidth },
        applications: {
          groups: input.group.map((one) => groupIds.get(one) ?? 0),
          signatures: input.application.map((one) => signatureIds.get(one) ?? 0),
        },
        createdAt: clock.now(),
      })
      return { id, bandwidth }
    }),
})

export const applicationPackageList = command({
  name: 'application-package list',
  about: 'List every package of bandwidth for applications, with what its instances have of it.',
  input: z.object({}),
  run: ({ store }) =>
    store.read(async (db) => {
      const packages = createRepositories(db).applicationPackages
      return Promise.all(
        (await packages.all()).map(async ({ id, accountId, regionId, name, bandwidth, applications: of }) => ({
          id,
          account: accountId,
          region: regionId,
          name,
          bandwidth,
          groups: applicationGroups.filter((one) => of.groups.includes(one.id)).map((one) => one.name),
          applications: applications.filter((one) => of.signatures.includes(one.id)).map((one) => one.name),
          instances: Object.fromEntries(await packages.shares(id)),
        })),
      )
    }),
})

export const applicationPackageRemove = command({
  name: 'application-package remove',
  about: 'Take a package from its account, and from the instances that are in it.',
  input: z.object({ id: packageId }),
  run: (context, { id }) =>
    inOneUnit(context, async ({ applicationPackages }) => {
      if ((await applicationPackages.byId(id)) === undefined)
        throw new OperatorRefusal(`The package ${id} does not exist.`)
      await applicationPackages.remove(id)
      return { id }
    }),
})
