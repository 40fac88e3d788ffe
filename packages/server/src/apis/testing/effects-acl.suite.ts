// A call of each operation of the family of access control lists, and other values of its parameters.
import type { Row } from './effects.suite.ts'
import { inRegion, onePage } from './effects-world.suite.ts'

const tuple = {
  Direction: 'out',
  Policy: 'drop',
  IpProtocol: 'TCP',
  SourceCidr: '10.1.0.0/24',
  SourcePortRange: '-1/-1',
  DestCidr: '0.0.0.0/0',
  DestPortRange: '80/443',
}
const otherTuple = {
  Name: 'another-name',
  Description: 'Another text',
  Priority: '3',
  Type: 'WAN',
  Direction: 'in',
  Policy: 'accept',
  IpProtocol: 'UDP',
  SourceCidr: '10.3.0.0/24',
  SourcePortRange: '1/2',
  DestCidr: '10.4.0.0/24',
  DestPortRange: '80/80',
  DpiGroupIds: { to: { 'DpiGroupIds.1': '1' } },
  DpiSignatureIds: { to: { 'DpiSignatureIds.1': '1' } },
}

export const aclRows: readonly Row[] = [
  inRegion('AddACLRule', { AclId: 'acl-free', ...tuple }, { AclId: 'acl-main', ...otherTuple }),
  inRegion('AssociateACL', { AclId: 'acl-free', SmartAGId: 'sag-bare' }),
  inRegion('CreateACL', { Name: 'new-one' }, { Name: 'another-name', AclType: 'acl-software' }),
  inRegion('DeleteACL', { AclId: 'acl-main' }, { AclId: 'acl-free' }),
  inRegion('DeleteACLRule', { AclId: 'acl-free', AcrId: 'acr-free' }, { AcrId: 'acr-free2' }),
  inRegion(
    'DescribeACLAttribute',
    { AclId: 'acl-free' },
    { AclId: 'acl-main', Direction: 'in', Name: 'first', ...onePage },
  ),
  inRegion('DescribeACLs', {}, { AclIds: 'acl-free', AclType: 'acl-software', Name: 'main', ...onePage }),
  inRegion('DisassociateACL', { AclId: 'acl-main', SmartAGId: 'sag-main' }),
  inRegion('GetAclAttribute', { AclId: 'acl-main' }, { AclId: 'acl-free' }),
  inRegion('ModifyACL', { AclId: 'acl-free', Name: 'new-one' }, { Name: 'another-name' }),
  inRegion('ModifyACLRule', { AclId: 'acl-free', AcrId: 'acr-free', ...tuple }, { AcrId: 'acr-free2', ...otherTuple }),
]
