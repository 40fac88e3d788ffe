import { accountOf } from './contenders.ts'
import type { Site } from './site.ts'
import { send } from './workload.ts'

/** Of the lists at each instance: as many as one may have, or nearly so. */
const [aclRules, qosPolicies, dnatEntries, healthChecks] = [50, 21, 10, 10]

/** Gives every instance of a site what the other families know: lists, limits, translation, logs, checks. */
export async function addFamilies({ peer, data, instances }: Pick<Site, 'peer' | 'data' | 'instances'>): Promise<void> {
  const account = accountOf(data)
  const call = (action: string, params: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>> =>
    send(peer, account, action, { RegionId: 'cn-shanghai', ...params })
  const every = { SourceCidr: '0.0.0.0/0', SourcePortRange: '-1/-1', DestPortRange: '-1/-1' }

  const AclId = String((await call('CreateACL', { Name: 'bench' }))['AclId'])
  for (let n = 0; n < aclRules; n++) {
    const rule = { Policy: 'accept', IpProtocol: 'ALL', Direction: 'in', Priority: `${1 + n}` }
    await call('AddACLRule', { AclId, ...rule, ...every, DestCidr: `10.${n}.0.0/16` })
  }
  const QosId = String((await call('CreateQos', { QosName: 'bench' }))['QosId'])
  for (let n = 1; n <= 3; n++) {
    const limits = { LimitType: 'Absolute', MinBandwidthAbs: '1', MaxBandwidthAbs: '10' }
    await call('CreateQosCar', { QosId, Priority: `${n}`, ...limits })
  }
  for (let n = 0; n < qosPolicies; n++) {
    const rule = { Priority: `${1 + (n % 3)}`, IpProtocol: 'ALL', DestCidr: `10.${n}.0.0/16` }
    await call('CreateQosPolicy', { QosId, ...rule, ...every })
  }
  const collector = { OutputType: 'netflow', NetflowServerIp: '192.0.2.1', NetflowServerPort: '9995' }
  const FlowLogId = String((await call('CreateFlowLog', { Name: 'bench', ...collector }))['FlowLogId'])

  for (const SmartAGId of instances) {
    await call('AssociateACL', { AclId, SmartAGId })
    await call('AssociateQos', { QosId, SmartAGId })
    await call('AssociateFlowLog', { FlowLogId, SmartAGId })
    for (let n = 0; n < dnatEntries; n++) {
      const ports = { ExternalPort: `${5000 + n}`, InternalPort: '80' }
      const entry = { Type: 'Internet', IpProtocol: 'tcp', InternalIp: '10.1.0.5', ...ports }
      await call('AddDnatEntry', { SagId: SmartAGId, ...entry })
    }
    for (let n = 0; n < healthChecks; n++) {
      const check = { Name: `check-${n}`, Type: 'ICMP_ECHO', SrcIpAddr: '10.1.0.1', DstIpAddr: `10.2.0.${1 + n}` }
      await call('CreateHealthCheck', { SmartAGId, ...check })
    }
  }
}
