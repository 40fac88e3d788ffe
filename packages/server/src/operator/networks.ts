import { parseCidr, printCidrs } from '@opensag/rules'
import { z } from 'zod'
import { isRegion } from '../model/regions.ts'
import { createCommittedFleet } from '../store/fleet/create-fleet.ts'
import { createNetworks } from '../store/networks/networks.ts'
import { existingAccount } from './accounts.ts'
import { command, OperatorRefusal } from './command.ts'

const route = z
  .string()
  .refine((text) => typeof parseCidr(text) !== 'string', 'a route is a network such as 10.1.0.0/16')

export const vbrAdd = command({
  name: 'vbr add',
  about: 'Register a VBR, the cloud end of a leased line, with the routes behind it.',
  input: z.object({
    id: z
      .string()
      .regex(/^vbr-[a-z0-9]+$/, 'an id is vbr- and lower-case letters and digits')
      .describe('VBR id; unique in the whole system'),
    account: z.string().min(1).describe('Account that owns the VBR'),
    region: z.string().refine(isRegion, 'there is no such region').default('cn-shanghai').describe('Region'),
    cen: z
      .string()
      .regex(/^cen-[a-z0-9]+$/, 'an id is cen- and lower-case letters and digits')
      .optional()
      .describe('CEN the VBR is attached to'),
    noBgp: z.boolean().default(false).describe('The line does not use BGP, so no instance can back it up'),
    route: z.array(route).default([]).describe('Network behind the line (CIDR block; may be repeated)'),
  }),
  run: ({ store }, input) =>
    store.write(async (tx) => {
      await existingAccount(tx, input.account)
      const networks = createNetworks(tx)
      if (await networks.vbr(input.id)) throw new OperatorRefusal(`The VBR ${input.id} exists already.`)
      const routes = [...new Set(input.route)].map((text) => parseCidr(text)).filter((cidr) => typeof cidr !== 'string')
      await networks.addVbr({
        id: input.id,
        accountId: input.account,
        regionId: input.region,
        cenId: input.cen,
        bgp: !input.noBgp,
        routes,
      })
      return { id: input.id, routes: routes.map(({ cidr }) => cidr) }
    }),
})

export const vbrList = command({
  name: 'vbr list',
  about: 'List every VBR, its routes, its CEN and the instance that backs it up.',
  input: z.object({}),
  run: ({ store }) =>
    store.read(async (db) => {
      const networks = createNetworks(db)
      const vbrs = await networks.vbrs()
      return Promise.all(
        vbrs.map(async ({ id, accountId, regionId, cenId, bgp, instanceId }) => ({
          id,
          account: accountId,
          region: regionId,
          cen: cenId ?? null,
          bgp,
          routes: printCidrs(await networks.vbrRoutes(id)),
          backedUpBy: instanceId ?? null,
        })),
      )
    }),
})

export const ccnList = command({
  name: 'ccn list',
  about: 'List every cloud connect network, its address ranges, its CEN and its number of members.',
  input: z.object({}),
  async run({ store }) {
    const ccns = await store.read((db) => createNetworks(db).allCcns())
    const counts = await createCommittedFleet(store).memberCounts(ccns.map(({ id }) => id))
    return ccns.map(({ id, accountId, regionId, name, cidrs, snatCidrs, cenId }) => ({
      id,
      account: accountId,
      region: regionId,
      name: name ?? null,
      range: printCidrs(cidrs),
      snatRange: printCidrs(snatCidrs),
      cen: cenId ?? null,
      members: counts.get(id)?.members ?? 0,
      up: counts.get(id)?.up ?? 0,
    }))
  },
})
