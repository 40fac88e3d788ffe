// The free texts of alerts, each with the operation that takes it and where it is read back.
import { createAlertChannel } from '../opensag/alerts/create-alert-channel.ts'
import { createAlertRule } from '../opensag/alerts/create-alert-rule.ts'
import { listAlertChannels } from '../opensag/alerts/list-alert-channels.ts'
import { listAlertRules } from '../opensag/alerts/list-alert-rules.ts'
import { modifyAlertRule } from '../opensag/alerts/modify-alert-rule.ts'
import { addChannel, addRule } from './alerts.suite.ts'
import type { KeptText } from './kept-texts.suite.ts'

export const keptTextsOfAlerts: readonly KeptText[] = [
  {
    write: createAlertChannel,
    param: 'Name',
    prepare: async () => ({ Kind: 'Mail', Address: 'noc@example.com' }),
    read: async () => ({ operation: listAlertChannels, params: {} }),
  },
  {
    write: createAlertRule,
    param: 'Name',
    prepare: async (world) => ({ Kind: 'GatewayOffline', 'ChannelIds.1': await addChannel(world) }),
    read: async () => ({ operation: listAlertRules, params: {} }),
  },
  {
    write: modifyAlertRule,
    param: 'Name',
    prepare: async (world) => ({ AlertRuleId: await addRule(world, await addChannel(world)) }),
    read: async () => ({ operation: listAlertRules, params: {} }),
  },
]
