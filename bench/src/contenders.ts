import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchOptions } from './options.ts'
import { type Peer, startBare, startOpenSag, unpaced } from './peers.ts'
import type { Key } from './sign.ts'

/** Something that is measured beside the others. */
export interface Contender {
  readonly name: string
  /** Its data folder; the bare server has none. */
  readonly data: string | undefined
  start(): Promise<Peer>
}

export const bareName = 'bare node:http'

/** @param folder where each gets a data folder of its own */
export function contendersOf({ root, against }: BenchOptions, folder: string): readonly Contender[] {
  const contenders: Contender[] = [
    { name: bareName, data: undefined, start: startBare },
    openSag('OpenSAG', root, join(folder, 'own')),
  ]
  if (against !== undefined) contenders.push(openSag('OpenSAG, other', against, join(folder, 'other')))
  return contenders
}

function openSag(name: string, checkout: string, data: string): Contender {
  return { name, data, start: () => startOpenSag(checkout, data, { flags: unpaced }) }
}

/** The account and key pair that the first start on a data folder wrote there. */
export function accountOf(data: string): Key & { readonly accountId: string } {
  return JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')) as Key & { accountId: string }
}
