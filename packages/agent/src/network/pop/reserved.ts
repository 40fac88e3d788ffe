import type { Cidr } from '@opensag/rules'
import { networkOf } from '../cidr.ts'

/** What no member and no attachment can have: addresses of tunnels, links and the mesh, of one machine only, and of groups. */
export const reservedRanges: readonly Cidr[] = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map(networkOf)
