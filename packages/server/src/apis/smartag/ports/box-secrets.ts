import { type BoxSecretPurpose, type SealedMessage, type Secret, sealBoxSecret } from '@opensag/protocol'
import type { Device } from '../../../model/device.ts'
import type { OperationContext } from '../../context.ts'

/**
 * What is stored of a secret of a box, and what the box is sent: sealed to its key, so nobody here can read it. It is sealed anew each
 * time, so the same secret set again is a change.
 *
 * @param given what the call says; left out, the secret stays as it is
 * @param kept what is stored; undefined: nothing
 * @param fail of the context: for a device without a key, which is to enrol anew
 */
export function sealedOrKept(
  { serial, sealKey }: Pick<Device, 'serial' | 'sealKey'>,
  purpose: Omit<BoxSecretPurpose, 'serial'>,
  { given, kept }: { readonly given: Secret | undefined; readonly kept: SealedMessage | undefined },
  { ids, fail }: Pick<OperationContext, 'ids'> & { readonly fail: (code: 'SmartAccessGatewayNotOnline') => Error },
): SealedMessage | undefined {
  if (given === undefined) return kept
  if (sealKey === undefined) throw fail('SmartAccessGatewayNotOnline')
  return sealBoxSecret(sealKey, given, { serial, ...purpose }, ids.bytes)
}
