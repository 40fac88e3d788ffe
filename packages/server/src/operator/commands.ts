import { accountCreate, accountKey, accountList } from './accounts.ts'
import { applicationPackageAdd, applicationPackageList, applicationPackageRemove } from './application-packages.ts'
import { auditExplain, auditExport, auditVerify } from './audit.ts'
import { backupMake, backupShow, restored } from './backup.ts'
import { billingExpire, billingOverdue, billingRenew } from './billing.ts'
import { channelIdentityPrepare, channelIdentityShow, channelIdentitySwitch } from './channel-identity.ts'
import { clockAdvance, clockShow } from './clock.ts'
import type { OperatorCommand } from './command.ts'
import { connectionsExport } from './connections.ts'
import { deviceProbes } from './device-probes.ts'
import { deviceShow, deviceTraffic } from './device-show.ts'
import {
  deviceAdd,
  deviceEdit,
  deviceEvents,
  deviceList,
  devicePower,
  deviceReenrol,
  deviceRendered,
  deviceTakeBack,
  deviceTarget,
  deviceTrust,
} from './devices.ts'
import { firmwareAdd, firmwareList } from './firmware.ts'
import { gatewayAdd } from './gateways.ts'
import { keyDelete, keyDisable, keyEnable, keyList } from './keys.ts'
import { logLevelSet, logLevelShow } from './log-level.ts'
import { masterKeyRotate, masterKeyShow, masterKeyUnwrap, masterKeyWrap } from './master-key.ts'
import { ccnList, vbrAdd, vbrList } from './networks.ts'
import { orderArrive, orderPay, orderReturn, orderShip, orderShow } from './orders.ts'
import { outboxList } from './outbox.ts'
import { popAdd, popList, popRemove, popShow } from './pops.ts'
import { reenrolmentOffer, reenrolmentShow } from './reenrolments.ts'

/** Everything the operator can do. */
export const operatorCommands: readonly OperatorCommand[] = [
  gatewayAdd,
  deviceList,
  deviceShow,
  deviceTraffic,
  deviceProbes,
  deviceAdd,
  deviceEdit,
  deviceReenrol,
  deviceTrust,
  deviceTakeBack,
  devicePower,
  deviceTarget,
  deviceRendered,
  deviceEvents,
  reenrolmentOffer,
  reenrolmentShow,
  firmwareAdd,
  firmwareList,
  orderShow,
  orderPay,
  orderShip,
  orderArrive,
  orderReturn,
  billingRenew,
  billingExpire,
  billingOverdue,
  clockShow,
  clockAdvance,
  accountList,
  accountCreate,
  accountKey,
  keyList,
  keyDisable,
  keyEnable,
  keyDelete,
  masterKeyShow,
  masterKeyRotate,
  masterKeyWrap,
  masterKeyUnwrap,
  channelIdentityShow,
  channelIdentityPrepare,
  channelIdentitySwitch,
  auditExport,
  auditExplain,
  auditVerify,
  connectionsExport,
  logLevelShow,
  logLevelSet,
  outboxList,
  vbrAdd,
  vbrList,
  ccnList,
  applicationPackageAdd,
  applicationPackageList,
  applicationPackageRemove,
  popAdd,
  popList,
  popShow,
  popRemove,
  restored,
]

/** What programs of ours ask for, and nobody types. */
export const internalCommands: readonly OperatorCommand[] = [backupMake, backupShow]
