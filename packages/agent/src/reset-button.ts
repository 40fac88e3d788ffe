import type { GatewayPassword } from './admin-password.ts'
import type { LocalSettings } from './local-settings.ts'

/** D: clears the password, or everything a person has set. False where the button is disabled. */
export async function pressReset(
  what: 'password' | 'everything',
  parts: {
    readonly resettable: boolean
    readonly adminPassword: GatewayPassword
    readonly settings: LocalSettings
    readonly clearConfig: () => Promise<void>
  },
): Promise<boolean> {
  if (!parts.resettable) return false
  await parts.adminPassword.reset()
  if (what === 'everything') {
    await parts.settings.reset()
    // The server hears that it holds none, and gives it again.
    await parts.clearConfig()
  }
  return true
}
