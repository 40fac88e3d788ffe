import { isAtLeast } from '@opensag/rules'
import type { Gateway } from './gateway.ts'

export type PasswordOperation = 'ModifySAGAdminPassword' | 'UpdateSmartAccessGatewayAdminPassword'

export type Choice =
  | { readonly operation: PasswordOperation }
  /** Why no call can change it: it is left alone. */
  | { readonly unsupported: string }

const older = /^sag-10(00|0wm)$/i
const newer = /^scg5000(-5g)?$/i
const firstAble = '3.4.2'

/**
 * Published (both operations' pages): ModifySAGAdminPassword is for SAG-100WM and SAG-1000,
 * UpdateSmartAccessGatewayAdminPassword for SCG5000 and SCG5000-5G from version 3.4.2 on. Of the older boxes no version is
 * published, so the service is asked and says itself when one is too old.
 */
export function chooseOperation({ model, version }: Pick<Gateway, 'model' | 'version'>): Choice {
  if (model === undefined) return { unsupported: 'its model is not known' }
  if (older.test(model)) return { operation: 'ModifySAGAdminPassword' }
  if (!newer.test(model)) return { unsupported: `a ${model} has no administrator password to set` }
  if (version === undefined || !isAtLeast(version, firstAble)) {
    return { unsupported: `a ${model} can from version ${firstAble} on, this one has ${version ?? 'an unknown one'}` }
  }
  return { operation: 'UpdateSmartAccessGatewayAdminPassword' }
}
