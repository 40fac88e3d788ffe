import type { RawParams } from '../declare/params.ts'
import { isV3 } from './authorization-v3.ts'
import { missing } from './gateway-errors.ts'
import { header, type WireRequest } from './wire-request.ts'

/** How a request says who sent it. */
export type Scheme = 'V1' | 'V3' | 'bearer' | 'anonymous'

export function schemeOf(request: WireRequest, params: RawParams): Scheme {
  if (isV3(header(request, 'authorization'))) return 'V3'
  // Go sends an empty key id and a meaningless signature along with a bearer token.
  if (params.get('SignatureType') === 'BEARERTOKEN') return 'bearer'
  return params.has('Signature') || params.has('AccessKeyId') ? 'V1' : 'anonymous'
}

export interface Asked {
  readonly action: string
  readonly version: string
}

/**
 * The name of the operation and the version of its API. With V3 the headers decide; with V1 only parameters do, because
 * headers are not signed there (pop-core even sends another spelling in them).
 *
 * @throws Refusal when the action or the version is missing.
 */
export function askedOf(request: WireRequest, params: RawParams, scheme: Scheme): Asked {
  const action = common(request, params, scheme, 'Action', 'x-acs-action')
  if (!action) throw missing('Action')
  const version = common(request, params, scheme, 'Version', 'x-acs-version')
  if (!version) throw missing('Version')
  return { action, version }
}

function common(
  request: WireRequest,
  params: RawParams,
  scheme: Scheme,
  param: string,
  headerName: string,
): string | undefined {
  if (scheme === 'V1') return params.get(param)
  return scheme === 'V3'
    ? header(request, headerName) || params.get(param)
    : params.get(param) || header(request, headerName)
}
