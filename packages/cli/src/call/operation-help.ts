import type { Operation } from '@opensag/server'
import { parametersOf } from '@opensag/server/reference'

const width = 100

/** The help of one operation: parameters, errors in the order they are checked, and an example to paste. */
export function operationHelp(operation: Operation, version: string): string {
  const { name, about, access, errors } = operation
  const parameters = parametersOf(operation)
  const example = parameters.filter(({ required, secret }) => required || secret).map(shownExample)
  return `${name} (${version}): ${about.en}
Needs the RAM action ${access.action}.

Usage: opensag call ${name} [Name=value...]

Parameters${parameters.some(({ required }) => required) ? ' (* required)' : ''}:
${parameters.length === 0 ? '  none' : parameters.flatMap((one) => linesOf(one)).join('\n')}

Errors, in the order they are checked (besides those that any call can get):
${Object.entries(errors).length === 0 ? '  none' : Object.entries(errors).map(errorLine).join('\n')}

Example:
  ${['opensag call', name, ...example].join(' ')}`
}

type Parameter = ReturnType<typeof parametersOf>[number]

function linesOf(parameter: Parameter, depth = 2): readonly string[] {
  const { name, required, members } = parameter
  const head = `${' '.repeat(depth)}${name}${required ? '*' : ''}  ${typeOf(parameter)}`
  const about = [parameter.about?.en, rangeOf(parameter), usual(parameter)].filter((text) => text !== undefined)
  const more = (members ?? []).flatMap((member) => linesOf({ ...member, name: `${name}.1.${member.name}` }, depth + 2))
  return [head, ...wrapped(about.join(' '), depth + 4), ...more]
}

function typeOf({ type, secret, name }: Parameter): string {
  if (secret) return `secret: write ${name}=@- and type the value, or pipe it in`
  return type.startsWith('array<') && type !== 'array<object>'
    ? `list of ${type.slice(6, -1)}: ${name}.1, ${name}.2, …`
    : type
}

function rangeOf({ values, minimum, maximum, minLength, maxLength }: Parameter): string | undefined {
  if (values !== undefined) return `One of ${values.join(', ')}.`
  if (minimum !== undefined || maximum !== undefined) return `From ${minimum ?? '…'} to ${maximum ?? '…'}.`
  if (minLength !== undefined || maxLength !== undefined) return `${minLength ?? 0} to ${maxLength ?? '…'} characters.`
  return undefined
}

function usual({ example, default: fallback, secret }: Parameter): string | undefined {
  if (fallback !== undefined) return `Default: ${fallback}.`
  return example === undefined || secret ? undefined : `For example ${example}.`
}

function shownExample({ name, example, secret, type }: Parameter): string {
  if (secret) return `${name}=@-`
  const value = example ?? `<${type}>`
  return `${type.startsWith('array<') ? `${name}.1` : name}=${/^[\w.:/-]+$/.test(value) ? value : `'${value}'`}`
}

function errorLine([code, [status, message]]: readonly [string, Operation['errors'][string]]): string {
  return `  ${status} ${code}: ${message}`
}

function wrapped(text: string, indent: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push(line)
  return lines.map((one) => ' '.repeat(indent) + one)
}
