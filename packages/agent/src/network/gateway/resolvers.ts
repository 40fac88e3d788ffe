import { ipv4ToNumber } from '@opensag/rules'
import { textIfThere } from '../../text-file.ts'

/** Where a machine writes down which servers its line names, the best first: what a local resolver was told, before the resolver itself. */
export const resolverFiles: readonly string[] = ['/run/systemd/resolve/resolv.conf', '/etc/resolv.conf']

/** As many as resolvers look at (resolv.conf(5)). */
const most = 3

/** The DNS servers in the first of these files that is there; those with an IPv6 address are left out. */
export async function learntServers(files: readonly string[]): Promise<readonly string[]> {
  for (const file of files) {
    const text = await textIfThere(file)
    if (text === undefined) continue
    const named = [...text.matchAll(/^nameserver[ \t]+(\S+)/gm)].map(([, server = '']) => server)
    return named.filter((server) => ipv4ToNumber(server) !== undefined).slice(0, most)
  }
  return []
}
