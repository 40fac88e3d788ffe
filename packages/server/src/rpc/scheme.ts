import type { RawParams } from '../declare/params.ts'
import { isV3 } from './authorization-v3.ts'
import { gatewayError, missing } from './gateway-errors.ts'
import { header, type WireRequest } from './wire-request.ts'

/** How a request says who sent it. */
export type Scheme = 'V1' | 'V3' | 'bearer' | 'anonymous'

export function schemeOf(request: WireRequest, params: RawParams): Scheme {
  if (isV3(header(request, 'authorization'))) return 'V3'
  // Go sends an empty key id and a meaningless signature along with a bearer token.
  if (params.get('SignatureType') === 'BEARERTOKEN') return 'bearer'
  return params.has('Signature') || params.has('AccessKeyId') ? 'V1' : 'anonymous'
}

/**
 * The name of the operation. With V3 the headers decide; with V1 only parameters do, because headers are not signed
 * there (pop-core even sends another spelling in them).
 *
 * @throws Refusal when the action or the version is missing, or the version is not this one.
 */
export function actionOf(request: WireRequest, params: RawParams, scheme: Scheme, version: string): string {
  const action = common(request, params, scheme, 'Action', 'x-acs-action')
  if (!action) throw missing('Action')
  const asked = common(request, params, scheme, 'Version', 'x-acs-version')
  if (!asked) throw missing('Version')
  if (asked !== version) throw gatewayError('InvalidVersion')
  return action
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
