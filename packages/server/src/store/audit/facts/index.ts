import type { Reader } from '../../store.ts'
import { aclFacts, aclRuleFacts } from './acls.ts'
import { alertChannelFacts, alertFacts, alertRuleFacts } from './alerts.ts'
import type { Found } from './found.ts'
import { deviceFacts, dnatFacts, instanceFacts, snatFacts } from './gateways.ts'
import { ccnFacts, flowLogFacts, vbrFacts } from './networks.ts'
import { healthCheckFacts, probeTaskFacts } from './probes.ts'
import { qosCarFacts, qosFacts, qosPolicyFacts } from './qos.ts'
import {
  accessKeyFacts,
  accountFacts,
  groupFacts,
  loginProfileFacts,
  policyFacts,
  roleFacts,
  securityKeyFacts,
  userFacts,
} from './ram.ts'
import { clientUserFacts, enterpriseCodeFacts } from './remote-users.ts'
import type { FactsKey, FactsKind } from './subject.ts'

type FactsReader = (db: Reader, key: FactsKey) => Promise<Found | undefined>

const readers: Readonly<Record<FactsKind, FactsReader>> = {
  accessKey: accessKeyFacts,
  account: accountFacts,
  acl: aclFacts,
  aclRule: aclRuleFacts,
  alert: alertFacts,
  alertChannel: alertChannelFacts,
  alertRule: alertRuleFacts,
  ccn: ccnFacts,
  clientUser: clientUserFacts,
  device: deviceFacts,
  dnatEntry: dnatFacts,
  enterpriseCode: enterpriseCodeFacts,
  flowLog: flowLogFacts,
  group: groupFacts,
  healthCheck: healthCheckFacts,
  instance: instanceFacts,
  loginProfile: loginProfileFacts,
  policy: policyFacts,
  probeTask: probeTaskFacts,
  qos: qosFacts,
  qosCar: qosCarFacts,
  qosPolicy: qosPolicyFacts,
  role: roleFacts,
  securityKey: securityKeyFacts,
  snatEntry: snatFacts,
  user: userFacts,
  vbr: vbrFacts,
}

/** What the audit trail says of a stored thing; undefined when there is no such thing. */
export function factsOf(db: Reader, key: FactsKey): Promise<Found | undefined> {
  return readers[key.kind](db, key)
}
