import type { Operation } from '../declare/index.ts'
import { modifySagAdminPassword } from './device-access/modify-sag-admin-password.ts'
import { activateSmartAccessGateway } from './instances/activate-smart-access-gateway.ts'
import { bindSerialNumber } from './instances/bind-serial-number.ts'
import { createSmartAccessGateway } from './instances/create-smart-access-gateway.ts'
import { describeSagDeviceInfo } from './instances/describe-sag-device-info.ts'
import { describeSmartAccessGatewayAttribute } from './instances/describe-smart-access-gateway-attribute.ts'
import { describeSmartAccessGateways } from './instances/describe-smart-access-gateways.ts'
import { unbindSerialNumber } from './instances/unbind-serial-number.ts'
import { describeRegions } from './misc/describe-regions.ts'

/** Every operation the server answers, by its public name. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [
    activateSmartAccessGateway,
    bindSerialNumber,
    createSmartAccessGateway,
    describeRegions,
    describeSagDeviceInfo,
    describeSmartAccessGatewayAttribute,
    describeSmartAccessGateways,
    modifySagAdminPassword,
    unbindSerialNumber,
  ].map((operation) => [operation.name, operation]),
)
