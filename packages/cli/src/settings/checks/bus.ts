import { X509Certificate } from 'node:crypto'
import { isLoopback } from '@opensag/server/tools'
import { exposureOf } from '../../private-file.ts'
import { withoutLineBreak } from '../../secret-input.ts'
import { type BusServers, busServers } from '../bus-servers.ts'
import type { Settings } from '../schema.ts'
import { type Finding, noted, refused } from './finding.ts'
import { readNamed } from './read-named.ts'

type Given = Pick<Settings, 'bus' | 'busSeedFile' | 'busCa' | 'database' | 'databaseFile'>

/** How nodes reach each other's gateways. Whoever may publish on the bus can restart every gateway: it is never open. */
export async function busFindings(settings: Given): Promise<readonly Finding[]> {
  const { bus, busSeedFile, busCa, database, databaseFile } = settings
  if (bus === undefined) {
    const given = busSeedFile === undefined ? busCa && '--bus-ca' : '--bus-seed-file'
    return given === undefined ? [] : [refused(`--bus is missing: ${given} needs it. Name the servers of NATS.`)]
  }
  if ((database ?? databaseFile) === undefined) {
    return [
      refused(
        '--bus needs --database: nodes that reach each other share one PostgreSQL database. Name it, or leave --bus out.',
      ),
    ]
  }
  let named: BusServers
  try {
    named = busServers(bus)
  } catch (error) {
    return [refused(`--bus ${(error as Error).message}`)]
  }
  return [
    ...protectionFindings(named, settings),
    ...(await seedFindings(busSeedFile)),
    ...(await caFindings(named, busCa)),
  ]
}

function protectionFindings({ servers, isTls }: BusServers, { busSeedFile }: Given): readonly Finding[] {
  const far = servers.find((server) => !isLoopback(server.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')))
  if (far !== undefined && !isTls) {
    return [
      refused(`--bus: ${far} is another machine, and needs TLS. Write tls:// and name its authority with --bus-ca.`),
    ]
  }
  if (busSeedFile !== undefined) return []
  const open =
    'whoever reaches the servers of --bus could restart gateways. Give them an NKey and name its seed with --bus-seed-file.'
  return [
    far === undefined ? noted(`--bus-seed-file is missing: ${open}`) : refused(`--bus-seed-file is missing: ${open}`),
  ]
}

async function seedFindings(path: string | undefined): Promise<readonly Finding[]> {
  if (path === undefined) return []
  const file = await readNamed('--bus-seed-file', path)
  if ('finding' in file) return [file.finding]
  const exposed = await exposureOf(path)
  if (exposed !== undefined) return [refused(`--bus-seed-file: ${exposed}`)]
  if (/^SU[A-Z2-7]{56}$/.test(withoutLineBreak(file.content.toString('utf8')))) return []
  return [refused(`--bus-seed-file: ${path} contains no seed of a user (58 letters and digits from SU on).`)]
}

async function caFindings({ isTls }: BusServers, path: string | undefined): Promise<readonly Finding[]> {
  if (path === undefined) return []
  if (!isTls) return [refused('--bus-ca is for servers with TLS: write tls:// in --bus, or leave it out.')]
  const file = await readNamed('--bus-ca', path)
  if ('finding' in file) return [file.finding]
  try {
    new X509Certificate(file.content)
    return []
  } catch {
    return [refused(`--bus-ca: ${path} contains no certificate in PEM form (-----BEGIN CERTIFICATE-----).`)]
  }
}
