import { integer, type Param, text } from '../../declare/index.ts'
import { placeIn } from '../paging.ts'

/** Of operations that tell what happened to the gateways of an instance. */
export const smartAgId: Param<string | undefined, 'SAG.InstanceNoFound'> = text()
  .required('SAG.InstanceNoFound')
  .example('sag-tq3sazs17smldn0000')
  .about('The ID of the Smart Access Gateway instance.', '智能接入网关实例的 ID。')

/** What does not have one of its own in the request would be about any region, and policies may name one. */
export const regionId: Param<string | undefined> = text()
  .example('cn-shanghai')
  .about('The region of the instance; without one, wherever it is.', '实例所在的地域；不指定时不限地域。')

export const serialNumber: Param<string | undefined> = text()
  .example('sag32a30000')
  .about('Of this device only; also of one that is bound no more.', '只查询该设备，包括已解绑的设备。')

export const maxResults: Param<number> = integer()
  .range(1, 100)
  .default(20)
  .example('20')
  .about('Entries in one answer, up to 100.', '每次返回的数量，最大 100。')

export const instanceNoFound = [
  400,
  'The specified SAG instance does not exist.',
  '智能接入网关实例不存在。',
] as const satisfies readonly [number, string, string]

/** ISO 8601, in UTC. */
export function moment(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString()
}

/** What a token of numbered entries says; undefined when it is none of ours. */
export function idIn(token: string): number | undefined {
  const id = placeIn(token)
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined
}
