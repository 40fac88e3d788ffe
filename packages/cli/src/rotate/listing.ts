import { type Gateway, meaningOf, type Selection, selectGateways } from '@opensag/rotation'
import { z } from 'zod'
import { CommandFailure } from '../exit.ts'
import { say } from '../say.ts'
import { mapConcurrently } from './concurrency.ts'
import { type Reader, shownRefusal } from './read.ts'

/** D: the most a page of the list may hold. */
const pageSize = 50
const relists = 3
/** D: what DescribeSAGDeviceInfo says of a device or instance that is not there. */
const gone = /^(InstanceNotExit|SAG\.InstanceNoFound)$/

const listedSchema = z.object({
  SmartAGId: z.string(),
  Name: z.string().optional(),
  AssociatedCcnId: z.string().optional(),
  /** D: of both devices, separated by a comma. */
  SerialNumber: z.string().optional(),
})
const pageSchema = z.object({
  TotalCount: z.coerce.number(),
  SmartAccessGateways: z.object({ SmartAccessGateway: z.array(listedSchema).default([]) }).optional(),
})
const regionsSchema = z.object({ Regions: z.object({ Region: z.array(z.object({ RegionId: z.string() })) }) })
const attributeSchema = z.object({
  Devices: z.object({ Device: z.array(z.object({ SerialNumber: z.string(), HaState: z.string().optional() })) }),
})

export interface ListingOptions {
  readonly reader: Reader
  /** The region that is asked which others there are. */
  readonly homeRegion: string
  readonly concurrency: number
  readonly progress: (listed: number) => void
}

/**
 * The selected gateways of the fleet as the API tells it: listed page by page, then each device asked for its model,
 * version and connection, which the list does not tell for each.
 */
export async function listGateways(options: ListingOptions, selection: Selection): Promise<readonly Gateway[]> {
  const { reader, concurrency } = options
  const regions = selection.regions.length > 0 ? selection.regions : await regionsOf(options)
  const listed = (
    await mapConcurrently(regions, concurrency, (region) => listRegion(options, region, selection))
  ).flat()
  const selected = selectGateways(listed, selection)
  const roles = await rolesIn(options, selected)
  let known = 0
  return mapConcurrently(selected, concurrency, async (gateway) => {
    const info = await reader.ask(gateway.regionId, 'DescribeSAGDeviceInfo', {
      RegionId: gateway.regionId,
      SmartAGId: gateway.instanceId,
      SmartAGSn: gateway.serial,
    })
    options.progress(++known)
    const text = (name: string): string | undefined => {
      const value = info.body[name]
      return typeof value === 'string' && value !== '' ? value : undefined
    }
    // One that went away meanwhile stays in the plan, so that it is told of; anything else is no plan.
    if (meaningOf(info) !== 'changed' && !gone.test(info.code ?? '')) {
      throw new CommandFailure(`DescribeSAGDeviceInfo of ${gateway.serial}: ${shownRefusal(info)}`)
    }
    return {
      ...gateway,
      role: roles.get(`${gateway.regionId}/${gateway.serial}`) ?? 'active',
      model: text('SmartAGType'),
      version: text('Version'),
      online: text('ControllerState') === 'Normal',
    }
  })
}

async function regionsOf({ reader, homeRegion }: ListingOptions): Promise<readonly string[]> {
  const { Regions } = regionsSchema.parse(await reader.read(homeRegion, 'DescribeRegions', { RegionId: homeRegion }))
  return [...new Set(Regions.Region.map(({ RegionId }) => RegionId))]
}

/** An instance that comes or goes while the pages are read shifts them: then they are read again. */
async function listRegion(
  options: ListingOptions,
  regionId: string,
  selection: Selection,
): Promise<readonly Gateway[]> {
  for (let turn = 0; turn < relists; turn++) {
    const first = await page(options, regionId, selection, 1)
    const numbers = Array.from({ length: Math.ceil(first.TotalCount / pageSize) - 1 }, (_, index) => index + 2)
    const rest = await mapConcurrently(numbers, options.concurrency, (number) =>
      page(options, regionId, selection, number),
    )
    const pages = [first, ...rest]
    const instances = new Map(pages.flatMap(({ entries }) => entries).map((entry) => [entry.SmartAGId, entry]))
    if (pages.every(({ TotalCount }) => TotalCount === instances.size)) {
      return [...instances.values()].flatMap((instance) => gatewaysOf(regionId, instance))
    }
  }
  throw new CommandFailure(
    say('The instances of {regionId} changed while they were being listed. Nothing was changed; try again.', {
      regionId,
    }),
  )
}

async function page(options: ListingOptions, regionId: string, selection: Selection, number: number) {
  const [onlyCcn, ...otherCcns] = selection.ccns
  const body = await options.reader.read(regionId, 'DescribeSmartAccessGateways', {
    RegionId: regionId,
    InstanceType: 'hardware',
    PageNumber: String(number),
    PageSize: String(pageSize),
    // The other criteria cannot be told to the list in one call; they are applied here.
    AssociatedCcnId: otherCcns.length === 0 ? onlyCcn : undefined,
  })
  const { TotalCount, SmartAccessGateways } = pageSchema.parse(body)
  return { TotalCount, entries: SmartAccessGateways?.SmartAccessGateway ?? [] }
}

function gatewaysOf(regionId: string, instance: z.infer<typeof listedSchema>): readonly Gateway[] {
  const serials = new Set((instance.SerialNumber ?? '').split(',').map((serial) => serial.trim()))
  serials.delete('')
  return [...serials].map((serial) => ({
    regionId,
    instanceId: instance.SmartAGId,
    instanceName: instance.Name,
    ccnId: instance.AssociatedCcnId,
    serial,
    model: undefined,
    version: undefined,
    role: 'active',
    online: false,
  }))
}

/** Which device of a pair is the standby one; a single device is not asked for. */
async function rolesIn(
  { reader, concurrency }: ListingOptions,
  gateways: readonly Gateway[],
): Promise<ReadonlyMap<string, Gateway['role']>> {
  const seen = new Set<string>()
  const pairs = new Map<string, Gateway>()
  for (const gateway of gateways) {
    const instance = `${gateway.regionId}/${gateway.instanceId}`
    if (seen.has(instance)) pairs.set(instance, gateway)
    seen.add(instance)
  }
  const roles = new Map<string, Gateway['role']>()
  await mapConcurrently([...pairs.values()], concurrency, async ({ regionId, instanceId }) => {
    const params = { RegionId: regionId, SmartAGId: instanceId }
    const { Devices } = attributeSchema.parse(
      await reader.read(regionId, 'DescribeSmartAccessGatewayAttribute', params),
    )
    for (const { SerialNumber, HaState } of Devices.Device) {
      roles.set(`${regionId}/${SerialNumber}`, /^standby$/i.test(HaState ?? '') ? 'standby' : 'active')
    }
  })
  return roles
}
