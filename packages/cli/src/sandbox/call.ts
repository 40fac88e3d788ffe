import { type ApiKey, callApi } from '../api-client.ts'

export interface RegionKey extends ApiKey {
  readonly regionId: string
}

/** A call that the making of the demo fleet cannot do without. */
export async function call(
  key: RegionKey,
  action: string,
  params: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await callApi(key, action, { RegionId: key.regionId, ...params })
  if (answer.status !== 200) {
    throw new Error(`The demo fleet could not be made: ${action}: ${answer.body['Code']}: ${answer.body['Message']}`)
  }
  return answer.body
}
