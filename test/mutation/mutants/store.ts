import { folder } from '../mutant.ts'
import { storeAcl } from './store-acl.ts'
import { storeBandwidth } from './store-bandwidth.ts'
import { storeBox } from './store-box.ts'
import { storeDnat } from './store-dnat.ts'
import { storeDns } from './store-dns.ts'
import { storeDpi } from './store-dpi.ts'
import { storeFleet } from './store-fleet.ts'
import { storeGateways } from './store-gateways.ts'
import { storeMonitoring } from './store-monitoring.ts'
import { storeNetworks } from './store-networks.ts'
import { storeRecords } from './store-records.ts'
import { storeRoutes } from './store-routes.ts'

/** What is asked of the store and written to it. */
export const store = folder('store', 0.85, 'packages/server/src/store', [
  ...storeFleet,
  ...storeGateways,
  ...storeRecords,
  ...storeMonitoring,
  ...storeNetworks,
  ...storeBox,
  ...storeDnat,
  ...storeDpi,
  ...storeDns,
  ...storeBandwidth,
  ...storeRoutes,
  ...storeAcl,
])
