import type { Operation } from '@opensag/server'
import { parametersOf } from '@opensag/server/reference'
import { say, spoken } from '../say.ts'
import { broken } from '../width.ts'

const width = 100

/** The help of one operation: parameters, errors in the order they are checked, and an example to paste. */
export function operationHelp(operation: Operation, version: string): string {
  const { name, about, access, errors } = operation
  const parameters = parametersOf(operation)
  const example = parameters.filter(({ required, secret }) => required || secret).map(shownExample)
  const none = `  ${say('none')}`
  return `${name} (${version}): ${about[spoken()]}
${say('Needs the RAM action {action}.', { action: access.action })}

${say('Usage: {line}', { line: `opensag call ${name} [Name=value...]` })}

${parameters.some(({ required }) => required) ? say('Parameters (* required):') : say('Parameters:')}
${parameters.length === 0 ? none : parameters.flatMap((one) => linesOf(one)).join('\n')}

${say('Errors, in the order they are checked (besides those that any call can get):')}
${Object.entries(errors).length === 0 ? none : Object.entries(errors).map(errorLine).join('\n')}

${say('Example:')}
  ${['opensag call', name, ...example].join(' ')}`
}

type Parameter = ReturnType<typeof parametersOf>[number]

function linesOf(parameter: Parameter, depth = 2): readonly string[] {
  const { name, required, members } = parameter
  const head = `${' '.repeat(depth)}${name}${required ? '*' : ''}  ${typeOf(parameter)}`
  const about = [parameter.about?.[spoken()], rangeOf(parameter), usual(parameter)].filter((text) => text !== undefined)
  const more = (members ?? []).flatMap((member) => linesOf({ ...member, name: `${name}.1.${member.name}` }, depth + 2))
  return [head, ...wrapped(about.join(spoken() === 'zh' ? '' : ' '), depth + 4), ...more]
}

function typeOf({ type, secret, name }: Parameter): string {
  if (secret) return say('secret: write {name}=@- and type the value, or pipe it in', { name })
  return type.startsWith('array<') && type !== 'array<object>'
    ? say('list of {type}: {name}.1, {name}.2, …', { type: type.slice(6, -1), name })
    : type
}

function rangeOf({ values, minimum, maximum, minLength, maxLength }: Parameter): string | undefined {
  if (values !== undefined) return say('One of {values}.', { values: values.join(', ') })
  if (minimum !== undefined || maximum !== undefined)
    return say('From {least} to {most}.', { least: minimum ?? '…', most: maximum ?? '…' })
  if (minLength !== undefined || maxLength !== undefined)
    return say('{least} to {most} characters.', { least: minLength ?? 0, most: maxLength ?? '…' })
  return undefined
}

function usual({ example, default: fallback, secret }: Parameter): string | undefined {
  if (fallback !== undefined) return say('Default: {value}.', { value: String(fallback) })
  return example === undefined || secret ? undefined : say('For example {value}.', { value: example })
}

function shownExample({ name, example, secret, type }: Parameter): string {
  if (secret) return `${name}=@-`
  const value = example ?? `<${type}>`
  return `${type.startsWith('array<') ? `${name}.1` : name}=${/^[\w.:/-]+$/.test(value) ? value : `'${value}'`}`
}

function errorLine([code, [status, en, zh]]: readonly [string, Operation['errors'][string]]): string {
  return `  ${status} ${code}: ${spoken() === 'zh' ? zh : en}`
}

function wrapped(text: string, indent: number): readonly string[] {
  if (text.trim() === '') return []
  return broken(text.replace(/\s+/g, ' ').trim(), width - indent)
    .split('\n')
    .map((line) => ' '.repeat(indent) + line)
}
