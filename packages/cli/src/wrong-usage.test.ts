import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { expect, test } from 'vitest'
import { throwInsteadOfExit, WrongUsage } from './wrong-usage.ts'

function program(): Command {
  const add = new Command('add')
    .argument('<serial>', 'Serial number')
    .requiredOption('--model <model>', 'Model of the device')
    .addOption(new Option('--level <level>', 'Level').choices(['low', 'high']))
    .option('--seconds <n>', 'Seconds', () => {
      throw new InvalidArgumentError('Give a whole number')
    })
    .action(() => {})
  const stopper = new Command('stop').argument('[when]', 'When', () => {
    throw new InvalidArgumentError('Give a time.')
  })
  const device = new Command('device').addCommand(add).addCommand(stopper)
  return new Command('opensag').addCommand(device).addCommand(new Command('backup').action(() => {}))
}

async function refusalOf(args: readonly string[]): Promise<string> {
  const command = program()
  throwInsteadOfExit(command)
  const error = await command.parseAsync([...args], { from: 'user' }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(WrongUsage)
  return (error as WrongUsage).message
}

test.each([
  [['bakup'], 'opensag has no command "bakup". Did you mean backup? Run "opensag --help" to see how it is used.'],
  [['nonsense'], 'opensag has no command "nonsense". Run "opensag --help" to see how it is used.'],
  [
    ['device', 'add', 's', '--model', 'm', '--leval', 'x'],
    'opensag device add has no option --leval. Did you mean --level?',
  ],
  [['device', 'add', '--model', 'x'], '<serial> is missing: Serial number.'],
  [['device', 'add', 's'], '--model <model> is missing: Model of the device.'],
  [['device', 'add', 's', '--model'], '--model needs a value: <model>.'],
  [['device', 'add', 's', 't', '--model', 'm'], 'opensag device add takes one argument; 2 were given.'],
  [['backup', 'now'], 'opensag backup takes no argument; 1 was given.'],
  [['device', 'add', 's', '--model', 'm', '--level', 'mid'], '--level must be one of low, high, not "mid".'],
  [['device', 'add', 's', '--model', 'm', '--seconds', 'x'], '--seconds: "x" is not valid. Give a whole number.'],
  [['device', 'stop', 'never'], '<when>: "never" is not valid. Give a time.'],
])('%j', async (args, said) => {
  expect(await refusalOf(args)).toContain(said)
})

test('help that was asked for is no mistake', async () => {
  const command = program()
  throwInsteadOfExit(command)
  command.configureOutput({ writeOut: () => {} })
  const error = await command.parseAsync(['--help'], { from: 'user' }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(CommanderError)
  expect(error).toMatchObject({ exitCode: 0 })
})
