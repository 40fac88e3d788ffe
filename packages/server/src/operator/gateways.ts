import { isName, parseCidrList } from '@opensag/rules'
import { z } from 'zod'
import { Refusal } from '../declare/errors.ts'
import { isRegion } from '../model/regions.ts'
import { listAccounts } from '../store/accounts.ts'
import { command, type OperatorContext, OperatorMistake, OperatorRefusal } from './command.ts'
import { addToInventory, newEnrolmentKey, serial, version } from './devices.ts'
import { enrolmentCommand } from './enrolment-command.ts'
import { caInput, serverInput, serverUrl } from './server-url.ts'

/** Hardware only: a vCPE comes with two serial numbers and keys of its own, which CreateSmartAccessGateway answers. */
const models = ['sag-1000', 'sag-100wm', 'SCG5000', 'SCG5000-5G'] as const

/** What is bought for a device of each model, and the firmware that has all operations of the model. */
const bought = {
  'sag-1000': { spec: 'sag-1000', version: '2.3.1.1' },
  'sag-100wm': { spec: 'sag-100wm', version: '2.3.1.1' },
  SCG5000: { spec: 'sag-1000', version: '3.4.2.0' },
  'SCG5000-5G': { spec: 'sag-1000', version: '3.4.2.0' },
} as const satisfies Readonly<Record<(typeof models)[number], object>>

/** The operation asks for a receiver; nothing is sent to this one. */
const notShipped = {
  BuyerMessage: 'opensag operator gateway add',
  ...Object.fromEntries(
    ['Name', 'Country', 'State', 'City', 'District', 'Town', 'Address', 'Zip', 'Mobile', 'Email'].map((part) => [
      `Receiver${part}`,
      'none',
    ]),
  ),
}

export const gatewayAdd = command({
  name: 'gateway add',
  about:
    'Add a gateway that is ready for use: an instance that is paid, arrived and activated, with its CIDR block and a device bound to it. Prints once the command that enrols the gateway.',
  input: z.object({
    name: z
      .string()
      .refine(isName, '2 to 128 letters, digits, periods, underscores and hyphens, beginning with a letter')
      .describe('Name of the instance'),
    model: z.enum(models).describe('Model'),
    cidr: z
      .array(z.string().refine(isBlock, 'not a CIDR block that a branch can have, such as 10.1.0.0/24'))
      .min(1)
      .describe('CIDR block of the network behind the gateway; may be repeated'),
    serial: serial.optional().describe('Serial number; unique in the whole system (default: a new one)'),
    version: version.optional().describe('Firmware version of the gateway (default: that of the model)'),
    ccn: z.string().optional().describe('Id of the cloud connect network (ccn-…) that the instance joins'),
    account: z.string().optional().describe('Account that owns the instance (default: the only one)'),
    region: z
      .string()
      .refine(isRegion, 'there is no such region')
      .optional()
      .describe('Region (default: that of the server)'),
    server: serverInput('the gateway'),
    ca: caInput('the gateway'),
    linuxAccount: z
      .string()
      .regex(/^[a-z_][a-z0-9_-]*$/, 'write the name of a Linux account')
      .optional()
      .describe('Printed command: Linux account whose password the server sets'),
    console: z
      .string()
      .regex(/^[0-9A-Za-z.:[\]-]+:\d{1,5}$/, 'write host:port')
      .optional()
      .describe('Printed command: address at which the gateway serves its local console'),
  }),
  makes: ['instanceId', 'serial'],
  async run(context, input) {
    const { random, wallClock, asAccount } = context
    const server = serverUrl(context, input.server, 'the gateway')
    const accountId = await accountFor(context, input.account)
    const enrolmentKey = newEnrolmentKey(random)
    const device = {
      serial: input.serial ?? `sag${random(5).toString('hex')}`,
      model: input.model,
      version: input.version ?? bought[input.model].version,
    }
    const region = { RegionId: input.region ?? context.regionId }
    const instanceId = await asAccount(accountId, async (call, { fleet }) => {
      await addToInventory(fleet, { ...device, enrolmentKey, resettable: true, createdAt: wallClock() })
      const created = await call('CreateSmartAccessGateway', {
        ...region,
        ...notShipped,
        Name: input.name,
        HardWareSpec: bought[input.model].spec,
        HaType: 'no_backup',
        ChargeType: 'PREPAY',
        Period: '12',
        AutoPay: 'true',
        // Its owner has the box: a paid order has arrived, also where there is a shop.
        AlreadyHaveSag: 'true',
      })
      const instance = { ...region, SmartAGId: String(created['SmartAGId']) }
      await call('ActivateSmartAccessGateway', instance)
      await call('BindSerialNumber', { ...instance, SerialNumber: device.serial })
      await call('ModifySmartAccessGateway', { ...instance, CidrBlock: input.cidr.join(',') })
      if (input.ccn !== undefined) await call('BindSmartAccessGateway', { ...instance, CcnId: input.ccn })
      return instance.SmartAGId
    }).catch(refused)
    const { linuxAccount, console, ca } = input
    return {
      instanceId,
      ...device,
      enrolmentKey: enrolmentKey.reveal(),
      enrolmentCommand: enrolmentCommand({ server, ...device, enrolmentKey, linuxAccount, console, ca }),
    }
  },
  text: ({ instanceId, serial, enrolmentCommand }, dataFlag) => `Instance ${instanceId} has the device ${serial}.

${isHere(enrolmentCommand) ? runHere : runThere}

${enrolmentCommand}

When it is connected, set its administrator password here. You are asked for the new password:

opensag call ModifySAGAdminPassword${dataFlag} SmartAGId=${instanceId} SmartAGSn=${serial} Password=@-`,
})

const runThere = 'Run this on the gateway. The enrolment key in it is shown once and serves once:'
const runHere =
  'Run this on the gateway, which is this machine: the server listens on no other address. The enrolment key in it is shown once and serves once:'

function isHere(enrolmentCommand: string): boolean {
  return / --server '?wss?:\/\/(localhost|127\.|\[::1\])/.test(enrolmentCommand)
}

function isBlock(text: string): boolean {
  return typeof parseCidrList(text) !== 'string'
}

/** What the API would have answered, for a person. */
function refused(error: unknown): never {
  if (error instanceof Refusal) throw new OperatorRefusal(`${error.code}: ${error.message}`)
  throw error
}

async function accountFor({ store }: OperatorContext, given: string | undefined): Promise<string> {
  const ids = (await store.read(listAccounts)).map(({ id }) => id)
  if (given !== undefined) {
    if (!ids.includes(given)) throw new OperatorRefusal(`The account ${given} does not exist.`)
    return given
  }
  const [only, ...others] = ids
  if (only === undefined) throw new OperatorRefusal('There is no account. Create one with account create.')
  if (others.length > 0) throw new OperatorMistake(`Give --account, one of ${ids.join(', ')}.`)
  return only
}
