import type { BoxConfig, BoxReport, SealedMessage } from '@opensag/protocol'
import { type BoxSecrets, unopenedSecret } from './box-secrets.ts'

/** The sections of ports whose passwords do not open here. Each is opened and wiped again. */
export async function refusedSecrets(
  { wan = [], wifi }: BoxConfig = {},
  secrets: BoxSecrets,
): Promise<BoxReport['refused']> {
  const all = [
    ...wan.map(({ port, password }) => ({ section: 'wan', name: `password of ${port}`, password }) as const),
    { section: 'wifi', name: 'password', password: wifi?.password } as const,
  ]
  const lost = new Set<'wan' | 'wifi'>()
  for (const { password, ...purpose } of all) {
    if (password !== undefined && !(await opens(secrets, password, purpose))) lost.add(purpose.section)
  }
  return [...lost].map((section) => ({ section, reason: unopenedSecret }))
}

async function opens(
  secrets: BoxSecrets,
  sealed: SealedMessage,
  purpose: Parameters<BoxSecrets['open']>[1],
): Promise<boolean> {
  const secret = await secrets.open(sealed, purpose)
  secret?.wipe()
  return secret !== undefined
}
