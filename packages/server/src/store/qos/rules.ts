import type { QosCar, QosPolicy } from '../../model/qos.ts'
import type { Reader } from '../store.ts'
import { carOf, policyOf } from './rows.ts'

/** By priority, then the oldest first. */
export async function carsOf(db: Reader, qosId: string): Promise<readonly QosCar[]> {
  const cars = db.selectFrom('qos_car').selectAll().where('qos_id', '=', qosId)
  return (await cars.orderBy('priority').orderBy('created_at').orderBy('id').execute()).map(carOf)
}

/** By priority, then the oldest first. */
export async function policiesOf(db: Reader, qosId: string): Promise<readonly QosPolicy[]> {
  const policies = db.selectFrom('qos_policy').selectAll().where('qos_id', '=', qosId)
  return (await policies.orderBy('priority').orderBy('created_at').orderBy('id').execute()).map(policyOf)
}
