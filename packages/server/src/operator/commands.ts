import { accountCreate } from './accounts.ts'
import { billingExpire, billingOverdue, billingRenew } from './billing.ts'
import { clockAdvance, clockShow } from './clock.ts'
import type { OperatorCommand } from './command.ts'
import { deviceAdd, deviceEdit, deviceEvents, deviceList, devicePower, deviceReenrol } from './devices.ts'
import { orderArrive, orderPay, orderReturn, orderShip } from './orders.ts'

/** Everything the operator can do. */
export const operatorCommands: readonly OperatorCommand[] = [
  deviceList,
  deviceAdd,
  deviceEdit,
  deviceReenrol,
  devicePower,
  deviceEvents,
  orderPay,
  orderShip,
  orderArrive,
  orderReturn,
  billingRenew,
  billingExpire,
  billingOverdue,
  clockShow,
  clockAdvance,
  accountCreate,
]
