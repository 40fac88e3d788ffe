/** What reads and changes nothing. `Discribe` is how one operation of SmartAG is spelled. */
const reading = ['Describe*', 'Discribe*', 'Get*', 'List*', 'View*'].map((verb) => `smartag:${verb}`)

/**
 * The document of a policy for reading one gateway and nothing else: it finds the gateway in lists and reads it by every
 * operation that is granted on single instances. Names of regions belong to nobody.
 */
export function readOneGateway(instanceId: string): string {
  const statements = [
    { Effect: 'Allow', Action: reading, Resource: `acs:smartag:*:*:smartag/${instanceId}` },
    { Effect: 'Allow', Action: 'smartag:DescribeRegions', Resource: '*' },
  ]
  return JSON.stringify({ Version: '1', Statement: statements }, undefined, 2)
}
