import type { Params } from '@opensag/smartag-client'
import type { HandedOver } from '../../ui/hand-over.ts'

type Labels = Readonly<Record<'server' | 'instance' | 'user' | 'password' | 'how', string>>

/** What a remote user needs to log on from a terminal, as it was sent when the user was added. */
export function handedOver(
  { SmartAGId }: { readonly SmartAGId: string },
  { UserName, Password }: Params,
  label: Labels,
  server: string = location.origin,
): { readonly user: string; readonly items: readonly HandedOver[] } {
  const user = String(UserName ?? '')
  return {
    user,
    items: [
      { label: label.server, value: server },
      { label: label.instance, value: SmartAGId },
      { label: label.user, value: user },
      { label: label.password, value: String(Password ?? ''), secret: true },
      { label: label.how, value: `opensag app login --server ${server} --instance ${SmartAGId} --user ${user}` },
    ],
  }
}
