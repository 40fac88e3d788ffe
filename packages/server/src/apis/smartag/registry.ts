import { api } from '../../declare/index.ts'
import type { Api, Operation } from '../operation.ts'
import { attachCcnInstanceToCen } from './ccn/attach-ccn-instance-to-cen.ts'
import { bindSmartAccessGateway } from './ccn/bind-smart-access-gateway.ts'
import { createCloudConnectNetwork } from './ccn/create-cloud-connect-network.ts'
import { deleteCloudConnectNetwork } from './ccn/delete-cloud-connect-network.ts'
import { describeBindableSmartAccessGateways } from './ccn/describe-bindable-smart-access-gateways.ts'
import { describeCloudConnectNetworks } from './ccn/describe-cloud-connect-networks.ts'
import { detachCcnInstanceFromCen } from './ccn/detach-ccn-instance-from-cen.ts'
import { modifyCloudConnectNetwork } from './ccn/modify-cloud-connect-network.ts'
import { unbindSmartAccessGateway } from './ccn/unbind-smart-access-gateway.ts'
import { createSmartAccessGatewayClientUser } from './client-users/create-smart-access-gateway-client-user.ts'
import { createSmartAccessGatewaySoftware } from './client-users/create-smart-access-gateway-software.ts'
import { deleteSmartAccessGatewayClientUser } from './client-users/delete-smart-access-gateway-client-user.ts'
import { describeSmartAccessGatewayClientUsers } from './client-users/describe-smart-access-gateway-client-users.ts'
import { describeUserOnlineClients } from './client-users/describe-user-online-clients.ts'
import { disableSmartAccessGatewayUser } from './client-users/disable-smart-access-gateway-user.ts'
import { downgradeSmartAccessGatewaySoftware } from './client-users/downgrade-smart-access-gateway-software.ts'
import { enableSmartAccessGatewayUser } from './client-users/enable-smart-access-gateway-user.ts'
import { kickOutClients } from './client-users/kick-out-clients.ts'
import { modifySmartAccessGatewayClientUser } from './client-users/modify-smart-access-gateway-client-user.ts'
import { resetSmartAccessGatewayClientUserPassword } from './client-users/reset-smart-access-gateway-client-user-password.ts'
import { roamClientUser } from './client-users/roam-client-user.ts'
import { upgradeSmartAccessGatewaySoftware } from './client-users/upgrade-smart-access-gateway-software.ts'
import { clearSagRouteableAddress } from './device-access/clear-sag-routeable-address.ts'
import { createServiceAddress } from './device-access/create-service-address.ts'
import { deleteServiceAddress } from './device-access/delete-service-address.ts'
import { describeSagRemoteAccess } from './device-access/describe-sag-remote-access.ts'
import { listAvailableServiceAddress } from './device-access/list-available-service-address.ts'
import { modifySagAdminPassword } from './device-access/modify-sag-admin-password.ts'
import { modifySagRemoteAccess } from './device-access/modify-sag-remote-access.ts'
import { updateSmartAccessGatewayAdminPassword } from './device-access/update-smart-access-gateway-admin-password.ts'
import { createEnterpriseCode } from './enterprise-codes/create-enterprise-code.ts'
import { listEnterpriseCode } from './enterprise-codes/list-enterprise-code.ts'
import { updateSmartAgEnterpriseCode } from './enterprise-codes/update-smart-ag-enterprise-code.ts'
import { describeGrantRules } from './grants/describe-grant-rules.ts'
import { describeGrantSagRules } from './grants/describe-grant-sag-rules.ts'
import { describeGrantSagVbrRules } from './grants/describe-grant-sag-vbr-rules.ts'
import { grantInstanceToCbn } from './grants/grant-instance-to-cbn.ts'
import { grantSagInstanceToCcn } from './grants/grant-sag-instance-to-ccn.ts'
import { grantSagInstanceToVbr } from './grants/grant-sag-instance-to-vbr.ts'
import { revokeInstanceFromCbn } from './grants/revoke-instance-from-cbn.ts'
import { revokeInstanceFromVbr } from './grants/revoke-instance-from-vbr.ts'
import { revokeSagInstanceFromCcn } from './grants/revoke-sag-instance-from-ccn.ts'
import { describeSmartAccessGatewayHa } from './ha/describe-smart-access-gateway-ha.ts'
import { activateSmartAccessGateway } from './instances/activate-smart-access-gateway.ts'
import { bindSerialNumber } from './instances/bind-serial-number.ts'
import { createSmartAccessGateway } from './instances/create-smart-access-gateway.ts'
import { deleteSmartAccessGateway } from './instances/delete-smart-access-gateway.ts'
import { describeSagDeviceInfo } from './instances/describe-sag-device-info.ts'
import { describeSmartAccessGatewayAttribute } from './instances/describe-smart-access-gateway-attribute.ts'
import { describeSmartAccessGateways } from './instances/describe-smart-access-gateways.ts'
import { modifySmartAccessGateway } from './instances/modify-smart-access-gateway.ts'
import { rebootSmartAccessGateway } from './instances/reboot-smart-access-gateway.ts'
import { synchronizeSmartAgWebConfig } from './instances/synchronize-smart-ag-web-config.ts'
import { unbindSerialNumber } from './instances/unbind-serial-number.ts'
import { unlockSmartAccessGateway } from './instances/unlock-smart-access-gateway.ts'
import { describeRegions } from './misc/describe-regions.ts'
import { addSnatEntry } from './nat/add-snat-entry.ts'
import { deleteSnatEntry } from './nat/delete-snat-entry.ts'
import { describeSnatEntries } from './nat/describe-snat-entries.ts'
import { bindVbr } from './vbr-express-connect/bind-vbr.ts'
import { describeSagVbrRelations } from './vbr-express-connect/describe-sag-vbr-relations.ts'
import { unbindVbr } from './vbr-express-connect/unbind-vbr.ts'
import { describeSmartAccessGatewayVersions } from './versions-upgrade/describe-smart-access-gateway-versions.ts'
import { updateSmartAccessGatewayVersion } from './versions-upgrade/update-smart-access-gateway-version.ts'

export const smartag: Api = api('Smartag', '2018-03-13', [
  activateSmartAccessGateway,
  addSnatEntry,
  attachCcnInstanceToCen,
  bindSerialNumber,
  bindSmartAccessGateway,
  bindVbr,
  clearSagRouteableAddress,
  createCloudConnectNetwork,
  createEnterpriseCode,
  createServiceAddress,
  createSmartAccessGateway,
  createSmartAccessGatewayClientUser,
  createSmartAccessGatewaySoftware,
  deleteCloudConnectNetwork,
  deleteServiceAddress,
  deleteSmartAccessGateway,
  deleteSmartAccessGatewayClientUser,
  deleteSnatEntry,
  describeBindableSmartAccessGateways,
  describeCloudConnectNetworks,
  describeGrantRules,
  describeGrantSagRules,
  describeGrantSagVbrRules,
  describeRegions,
  describeSagDeviceInfo,
  describeSagRemoteAccess,
  describeSagVbrRelations,
  describeSmartAccessGatewayAttribute,
  describeSmartAccessGatewayClientUsers,
  describeSmartAccessGatewayHa,
  describeSmartAccessGatewayVersions,
  describeSmartAccessGateways,
  describeSnatEntries,
  describeUserOnlineClients,
  detachCcnInstanceFromCen,
  disableSmartAccessGatewayUser,
  downgradeSmartAccessGatewaySoftware,
  enableSmartAccessGatewayUser,
  grantInstanceToCbn,
  grantSagInstanceToCcn,
  grantSagInstanceToVbr,
  kickOutClients,
  listAvailableServiceAddress,
  listEnterpriseCode,
  modifyCloudConnectNetwork,
  modifySagAdminPassword,
  modifySagRemoteAccess,
  modifySmartAccessGateway,
  modifySmartAccessGatewayClientUser,
  rebootSmartAccessGateway,
  resetSmartAccessGatewayClientUserPassword,
  revokeInstanceFromCbn,
  revokeInstanceFromVbr,
  revokeSagInstanceFromCcn,
  roamClientUser,
  synchronizeSmartAgWebConfig,
  unbindSerialNumber,
  unbindSmartAccessGateway,
  unbindVbr,
  unlockSmartAccessGateway,
  updateSmartAccessGatewayAdminPassword,
  updateSmartAccessGatewayVersion,
  updateSmartAgEnterpriseCode,
  upgradeSmartAccessGatewaySoftware,
])

/** Every operation of SmartAG that the server answers, by its public name. */
export const operations: ReadonlyMap<string, Operation> = smartag.operations
