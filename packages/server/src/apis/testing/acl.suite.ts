// Support for the tests of operations: puts access control lists and their rules straight into the store.
import type { Acl, AclRule } from '../../model/acl.ts'
import { fresh } from './fresh-ids.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId, regionId } from './names.suite.ts'
import { change } from './networks.suite.ts'
import { toldConfig } from './told.suite.ts'

/** For gateways, unless it is said otherwise. */
export async function addAcl(world: Harness, given: Partial<Acl> = {}): Promise<string> {
  const id = given.id ?? fresh(world, 'acl-test')
  const facts: Omit<Acl, 'id'> = { accountId, regionId, name: 'branches', type: 'acl-hardware', createdAt: world.now }
  await change(world, ({ acls }) => acls.add({ ...facts, ...given, id }))
  return id
}

/** Drops everything that the branch begins in its network, of priority 1, unless it is said otherwise. */
export async function addAclRule(world: Harness, aclId: string, given: Partial<AclRule> = {}): Promise<string> {
  const id = given.id ?? fresh(world, 'acr-test')
  await change(world, ({ acls }) =>
    acls.addRule({
      name: '',
      description: '',
      policy: 'drop',
      direction: 'out',
      side: 'LAN',
      priority: 1,
      protocol: 'ALL',
      sourceCidr: '0.0.0.0/0',
      sourcePorts: '-1/-1',
      destCidr: '0.0.0.0/0',
      destPorts: '-1/-1',
      createdAt: world.now,
      ...given,
      id,
      aclId,
    }),
  )
  return id
}

export function associateAcl(world: Harness, instanceId: string, aclId: string): Promise<void> {
  return change(world, ({ acls }) => acls.associate(instanceId, aclId))
}

/** What the gateways of an instance are told of its list. */
export async function toldAcl(world: Harness, instanceId: string): Promise<unknown> {
  return (await toldConfig(world, instanceId))?.acl
}
