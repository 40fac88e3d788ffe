// The texts of tags of instances, each with the operation that takes it and where it is read back.
import { createJob } from '../opensag/create-job.ts'
import { describeJob } from '../opensag/describe-job.ts'
import { tagGateway } from '../opensag/instance-tags/tag-gateway.ts'
import { listFleet } from '../opensag/list-fleet.ts'
import type { KeptText } from './kept-texts.suite.ts'

export const keptTextsOfTags: readonly KeptText[] = ['Tag.1.Key', 'Tag.1.Value'].flatMap((param) => [
  {
    write: tagGateway,
    param,
    prepare: async (world) => ({ 'Tag.1.Key': 'a', 'Tag.1.Value': 'b', SmartAGId: await world.addInstance() }),
    read: async () => ({ operation: listFleet, params: {} }),
  },
  {
    write: createJob,
    param,
    prepare: async (world) => {
      const SmartAGIds = await world.addInstance()
      return { 'Tag.1.Key': 'a', 'Tag.1.Value': 'b', Kind: 'Tag', SmartAGIds }
    },
    read: async (_world, _params, answer) => ({ operation: describeJob, params: { JobId: String(answer['JobId']) } }),
  },
])
