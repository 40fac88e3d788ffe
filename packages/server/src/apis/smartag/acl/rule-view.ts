import { integerField, longField, stringField, wrapped } from '../../../declare/index.ts'
import type { AclRule } from '../../../model/acl.ts'
import { shownApplications } from '../application-params.ts'

/** A rule as every answer shows it; only the answer to a change has no `Type`. */
export const ruleFields = {
  AclId: stringField,
  AcrId: stringField,
  Description: stringField,
  DestCidr: stringField,
  DestPortRange: stringField,
  Direction: stringField,
  DpiGroupIds: wrapped('DpiGroupId', stringField),
  DpiSignatureIds: wrapped('DpiSignatureId', stringField),
  GmtCreate: longField,
  IpProtocol: stringField,
  Name: stringField,
  Policy: stringField,
  Priority: integerField,
  SourceCidr: stringField,
  SourcePortRange: stringField,
}

export function shownRule(rule: AclRule) {
  return {
    AclId: rule.aclId,
    AcrId: rule.id,
    Description: rule.description,
    DestCidr: rule.destCidr,
    DestPortRange: rule.destPorts,
    Direction: rule.direction,
    GmtCreate: rule.createdAt,
    IpProtocol: rule.protocol,
    Name: rule.name,
    Policy: rule.policy,
    Priority: rule.priority,
    SourceCidr: rule.sourceCidr,
    SourcePortRange: rule.sourcePorts,
    ...shownApplications(rule),
  }
}
