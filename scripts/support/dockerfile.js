// Reads a Dockerfile as far as those in deploy/ go: an image from nothing, whose files are archives in its context.

/**
 * @param {string} text
 * @param {Readonly<Record<string, string>>} args values of its `ARG`s
 * @returns {{ archives: string[], config: object }} `config` as the image specification of OCI has it
 * @throws for an instruction that is not known here: an image that lacks something must not be made
 */
export function readDockerfile(text, args) {
  const archives = []
  const config = { Env: [], Labels: {}, ExposedPorts: {}, Volumes: {} }
  const instructions = {
    FROM: (value) => require(value === 'scratch', `FROM ${value}`),
    ARG: (value) => require(args[value] !== undefined, `ARG ${value}`),
    ADD: (value) => archives.push(value.split(' ')[0]),
    ENV: (value) => config.Env.push(...pairsIn(value, args).map(([name, content]) => `${name}=${content}`)),
    LABEL: (value) => Object.assign(config.Labels, Object.fromEntries(pairsIn(value, args))),
    USER: (value) => Object.assign(config, { User: value }),
    WORKDIR: (value) => Object.assign(config, { WorkingDir: value }),
    EXPOSE: (value) => Object.assign(config.ExposedPorts, { [value]: {} }),
    VOLUME: (value) => Object.assign(config.Volumes, Object.fromEntries(JSON.parse(value).map((path) => [path, {}]))),
    ENTRYPOINT: (value) => Object.assign(config, { Entrypoint: JSON.parse(value) }),
    CMD: (value) => Object.assign(config, { Cmd: JSON.parse(value) }),
    // The specification keeps a place for it; Docker reads it there, Podman does not.
    HEALTHCHECK: (value) => Object.assign(config, { Healthcheck: healthcheckOf(value) }),
  }
  for (const line of linesOf(text)) {
    const [, name, value] = /^(\w+)\s+(.*)$/s.exec(line) ?? []
    require(Object.hasOwn(instructions, name), line)
    instructions[name](value)
  }
  return { archives, config }
}

/** Fills its arguments, so that it needs none when it is built. */
export function withArguments(text, args) {
  return text.replace(/^ARG (\w+)$/gm, (_, name) => `ARG ${name}=${args[name]}`)
}

function linesOf(text) {
  return text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

function pairsIn(text, args) {
  return [...text.matchAll(/(\S+?)=(?:"([^"]*)"|(\S*))/g)].map(([, name, quoted, plain]) => [
    name,
    (quoted ?? plain).replace(/\$(\w+)/g, (_, arg) => args[arg] ?? ''),
  ])
}

/** Durations are in nanoseconds. */
function healthcheckOf(text) {
  const seconds = (name) => Number(new RegExp(`--${name}=(\\d+)s`).exec(text)?.[1]) * 1e9
  const [, command] = /CMD (\[.*\])$/.exec(text) ?? []
  return {
    Test: ['CMD', ...JSON.parse(command)],
    Interval: seconds('interval'),
    Timeout: seconds('timeout'),
    StartPeriod: seconds('start-period'),
    Retries: Number(/--retries=(\d+)/.exec(text)?.[1]),
  }
}

function require(isFine, line) {
  if (!isFine) throw new Error(`A Dockerfile of deploy/ has a line that scripts/image.js does not know: ${line}`)
}
