import { flatten, type OperationOf, type Params, type ParamsOf, type ResultOf } from '@opensag/smartag-client'
import { type ApiKey, callApi } from '../api-client.ts'

export interface RegionKey extends ApiKey {
  readonly regionId: string
}

/** A SmartAG call in the region of the key, which the making of the demo fleet cannot do without. */
export async function call<N extends OperationOf<'Smartag'>>(
  key: RegionKey,
  action: N,
  params: Omit<ParamsOf<N>, 'RegionId'>,
): Promise<ResultOf<N>> {
  const all: Params = { RegionId: key.regionId, ...params }
  const answer = await callApi(key, action, Object.fromEntries(flatten(all)))
  if (answer.status !== 200) {
    throw new Error(`The demo fleet could not be made: ${action}: ${answer.body['Code']}: ${answer.body['Message']}`)
  }
  const result: unknown = answer.body
  return result as ResultOf<N>
}
