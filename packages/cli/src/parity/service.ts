import type { ApiKey } from '../api-client.ts'
import { credentialsFrom, keyOfEnvironment } from '../credentials.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { unreadable } from '../named-file.ts'
import { endpointsOf } from '../rotate/endpoint.ts'
import { say } from '../say.ts'
import { productOf } from './operations.ts'

/** Where Alibaba Cloud answers an API. */
const publicEndpoints: Readonly<Record<string, string>> = {
  Smartag: 'https://smartag.{region}.aliyuncs.com',
  Ram: 'https://ram.aliyuncs.com',
  Sts: 'https://sts.aliyuncs.com',
}

export interface ServiceOptions {
  readonly region?: string
  readonly endpoint?: string
  readonly credentials?: string
}

/** The service that is recorded, and whose key signs. */
export interface Service {
  readonly key: ApiKey
  readonly regionId: string
  readonly isPublic: boolean
  /** @throws UsageError when no public endpoint is known for the operation */
  endpointOf(action: string): string
}

/** `OPENSAG_ENDPOINT` does not count: it says where an OpenSAG is. */
export async function serviceOf(options: ServiceOptions): Promise<Service> {
  const file = options.credentials === undefined ? undefined : await fileOf(options.credentials)
  const pair = file ?? keyOfEnvironment()
  if (pair === undefined) {
    throw new CommandFailure(
      say(
        'No key pair found. Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or name a file with --credentials.',
      ),
    )
  }
  const regionId = options.region ?? file?.regionId ?? 'cn-shanghai'
  const given = options.endpoint ?? file?.endpoint
  const endpoint = given === undefined ? undefined : endpointsOf(given)(regionId)
  return {
    key: { ...pair, endpoint: endpoint ?? '' },
    regionId,
    isPublic: new URL(endpoint ?? publicAddress('DescribeRegions', regionId)).hostname.endsWith('.aliyuncs.com'),
    endpointOf: (action) => endpoint ?? publicAddress(action, regionId),
  }
}

function publicAddress(action: string, regionId: string): string {
  const found = publicEndpoints[productOf(action)]
  if (found === undefined) {
    throw new UsageError(say('{action}: no public endpoint is known. Name one with --endpoint.', { action }))
  }
  return endpointsOf(found)(regionId)
}

async function fileOf(path: string): Promise<ApiKey & { readonly regionId: string }> {
  try {
    return await credentialsFrom(path)
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw unreadable(error, path, '--credentials')
  }
}
