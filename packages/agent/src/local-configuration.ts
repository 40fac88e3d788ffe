import { z } from 'zod'

/** What a person can set at the local console. */
export const localConfigurationSchema = z.strictObject({
  /** One label of a host name. */
  hostname: z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/),
  wanMode: z.enum(['dhcp', 'static', 'pppoe']),
  /** Resolvers told to the LAN, at most three. */
  dnsServers: z.array(z.union([z.ipv4(), z.ipv6()])).max(3),
})

const changesSchema = localConfigurationSchema.partial()

export type LocalConfiguration = Readonly<z.infer<typeof localConfigurationSchema>>
export type LocalChanges = Readonly<z.infer<typeof changesSchema>>

export class UnusableSettings extends Error {
  override readonly name = 'UnusableSettings'
}

/** The name a gateway has until somebody gives it another. */
export function factoryConfiguration(serial: string): LocalConfiguration {
  const hostname = serial
    .slice(0, 63)
    .replace(/[^A-Za-z0-9-]/g, '')
    .replace(/^-+|-+$/g, '')
  return { hostname: hostname === '' ? 'gateway' : hostname, wanMode: 'dhcp', dnsServers: [] }
}

/** @throws UnusableSettings naming the setting; it never quotes the value. */
export function changeConfiguration(now: LocalConfiguration, changes: LocalChanges): LocalConfiguration {
  const { hostname, wanMode, dnsServers } = usable(changesSchema.safeParse(changes))
  return {
    hostname: hostname ?? now.hostname,
    wanMode: wanMode ?? now.wanMode,
    dnsServers: dnsServers ?? now.dnsServers,
  }
}

/**
 * Changes as a person writes them: by name, addresses separated by commas.
 * @throws UnusableSettings
 */
export function parseLocalChanges(fields: Iterable<readonly [string, string]>): LocalChanges {
  const given = [...fields].map(([name, value]) => [name, name === 'dnsServers' ? addressesOf(value) : value])
  return usable(changesSchema.safeParse(Object.fromEntries(given)))
}

function addressesOf(value: string): readonly string[] {
  return value.split(/[\s,，、]+/).filter((address) => address !== '')
}

function usable(parsed: z.ZodSafeParseResult<LocalChanges>): LocalChanges {
  if (parsed.success) return parsed.data
  const names = parsed.error.issues.map(({ path }) => path[0]?.toString() ?? 'a name that is none')
  throw new UnusableSettings(`These local settings cannot be used: ${[...new Set(names)].join(', ')}.`)
}
